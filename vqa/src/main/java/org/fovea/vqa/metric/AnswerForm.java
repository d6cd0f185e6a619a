package org.fovea.vqa.metric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The form in which the VQA challenge compares answers, with all its quirks. */
final class AnswerForm {
    private static final String[] PUNCTUATION = {
        ";", "/", "[", "]", "\"", "{", "}", "(", ")", "=", "+", "\\", "_", "-", ">", "<", "@", "`", ",", "?", "!"
    };
    private static final Pattern DIGIT_COMMA_DIGIT = Pattern.compile("\\p{Nd},\\p{Nd}");
    private static final Pattern PERIOD = Pattern.compile("\\.(?!\\p{Nd})");
    /**
     * Maximum number of replacements: the official evaluation passes a flag of this value in the argument where Python expects
     * the count.
     */
    private static final int MOST_PERIODS = 32;

    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final Map<String, String> NUMBERS = Map.ofEntries(
            Map.entry("none", "0"),
            Map.entry("zero", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("ten", "10"));

    /** Contractions known to the official evaluation, which completes a word that lacks one of the apostrophes. */
    private static final String CONTRACTIONS = """
            ain't aren't can't could've couldn't couldn't've didn't doesn't don't hadn't hadn't've hasn't haven't he'd
            he'd've he's how'd how'll how's isn't it'd it'd've it'll ma'am might've mightn't mightn't've must've mustn't
            needn't not've o'clock oughtn't 'ow's'at shan't she'd've should've shouldn't shouldn't've somebody'd've
            somebody'll somebody's someone'd someone'd've someone'll someone's something'd something'd've something'll
            that's there'd there'd've there're there's they'd they'd've they'll they're they've 'twas wasn't we'd've we've
            weren't what'll what're what's what've when's where'd where's where've who'd who'd've who'll who's who've
            why'll why're why's won't would've wouldn't wouldn't've y'all y'all'll y'all'd've you'd you'd've you'll you're
            you've
            """;

    private static final Map<String, String> COMPLETED = completed();

    private AnswerForm() {}

    private static Map<String, String> completed() {
        Map<String, String> out = new HashMap<>();
        for (String word : CONTRACTIONS.strip().split("\\s+")) {
            for (int at = word.indexOf('\''); at >= 0; at = word.indexOf('\'', at + 1)) {
                out.put(word.substring(0, at) + word.substring(at + 1), word);
            }
        }
        out.put("somebody'd", "somebodyd"); // a mistake of the official evaluation, on which all published scores rest
        return out;
    }

    /** Answer on a single line, without surrounding space. */
    static String plain(String answer) {
        return answer.replace('\n', ' ').replace('\t', ' ').strip();
    }

    /** Answer without punctuation and articles, with numbers as digits and contractions with their apostrophes. */
    static String normalized(String plain) {
        String[] words =
                SPACE.split(withoutPunctuation(plain).toLowerCase(Locale.ROOT).strip());
        List<String> kept = Arrays.stream(words)
                .filter(word -> !word.isEmpty())
                .map(word -> NUMBERS.getOrDefault(word, word))
                .filter(word -> !ARTICLES.contains(word))
                .toList();
        return kept.stream().map(word -> COMPLETED.getOrDefault(word, word)).collect(Collectors.joining(" "));
    }

    /**
     * Removes a punctuation mark if it touches a space anywhere or the text has a number with a comma; else replaces it by a
     * space.
     */
    private static String withoutPunctuation(String text) {
        boolean commaInNumber = DIGIT_COMMA_DIGIT.matcher(text).find();
        String out = text;
        for (String sign : PUNCTUATION) {
            boolean touchesSpace = text.contains(sign + " ") || text.contains(" " + sign);
            out = out.replace(sign, touchesSpace || commaInNumber ? "" : " ");
        }
        Matcher periods = PERIOD.matcher(out);
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < MOST_PERIODS && periods.find(); i++) {
            periods.appendReplacement(kept, "");
        }
        return periods.appendTail(kept).toString();
    }
}
