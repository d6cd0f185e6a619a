package org.fovea.captioning.metric;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits captions into tokens as the Penn Treebank does, in lower case: clitics apart ({@code is n't}, {@code dog 's}),
 * brackets by name ({@code -lrb-}), abbreviations, numbers, addresses and hyphenated words whole. Thread-safe.
 *
 * <p>Written from the conventions; equal to CoreNLP 3.4.1 on the captions of the tests, not on every text.
 *
 * @see <a href="https://catalog.ldc.upenn.edu/docs/LDC95T7/cl93.html">Marcus et al. 1993</a>
 */
public final class PtbTokenizer {
    /**
     * Tokens that the COCO evaluation drops. Brackets are not among them, since their lower-case forms never match its list.
     */
    private static final Set<String> PUNCTUATION =
            Set.of("''", "'", "``", "`", ".", "?", "!", ",", ":", "-", "--", "...", ";");

    private static final String APOSTROPHE = "['\u2019]";
    /** Groups that repeat are possessive or bounded, since the others take stack for each repetition. */
    private static final Pattern TOKEN = Pattern.compile(
            String.join(
                    "|",
                    "(?:https?|ftp)://[^\\s\"<>()\\[\\]{}]*[^\\s\"<>()\\[\\]{}.,;:!?']", // URL
                    "[\\p{L}\\p{N}._+-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)++", // e-mail address
                    "(?:\\p{L}\\.){2,}+", // abbreviation: u.s., a.m., e.g.
                    "(?:mr|mrs|ms|dr|prof|st|jr|sr|rev|gen|lt|sgt|capt|col|vs|etc|inc|ltd|co|corp|ave|blvd|mt|ft)\\.(?!\\w)",
                    "nos?\\.(?=\\s*\\d)", // number
                    APOSTROPHE + "n" + APOSTROPHE + "(?!\\w)", // as in rock 'n' roll
                    APOSTROPHE + "(?:em|til|cause|\\d0s)(?!\\w)",
                    "\\p{Lu}+(?:&\\p{Lu}+){1,100}(?!\\p{L})", // as in AT&T
                    "(?<![\\w.])[-+]?\\d*(?:[.,:/]\\d+){1,100}(?![\\p{L}])", // number, time or fraction
                    "[\\p{L}\\p{M}\\p{N}]+(?:[-_][\\p{L}\\p{M}\\p{N}]+)*+(?:" + APOSTROPHE + "\\p{L}+)*+", // word
                    APOSTROPHE + "(?:s|m|d|ll|re|ve)(?!\\w)",
                    "\\.{2,}|\u2026",
                    "-{2,}|[\u2013\u2014]",
                    "[?!]+",
                    "``|''",
                    "\\S"),
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** Words ending in a clitic, which the Treebank counts as a token of its own. */
    private static final Pattern CLITIC = Pattern.compile(
            "(?i)(.+?)(n['\u2019]t|['\u2019](?:s|m|d|ll|re|ve)|(?<=^can)not|(?<=^(?:gon|wan))na|(?<=^got)ta"
                    + "|(?<=^(?:lem|gim))me)");

    /**
     * Splits a text into tokens.
     *
     * @return all tokens, punctuation included
     */
    public List<String> tokens(String text) {
        List<String> out = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            add(out, text, matcher);
        }
        return out;
    }

    /**
     * Splits a text into words and drops punctuation, as the COCO evaluation does.
     *
     * @return the words
     */
    public List<String> words(String text) {
        return tokens(text).stream()
                .filter(token -> !PUNCTUATION.contains(token))
                .toList();
    }

    private static void add(List<String> out, String text, Matcher matcher) {
        String token = matcher.group();
        switch (token) {
            case "(" -> out.add("-lrb-");
            case ")" -> out.add("-rrb-");
            case "[" -> out.add("-lsb-");
            case "]" -> out.add("-rsb-");
            case "{" -> out.add("-lcb-");
            case "}" -> out.add("-rcb-");
            case "\"" -> out.add(opens(text, matcher.start()) ? "``" : "''");
            case "'" -> out.add(opens(text, matcher.start()) ? "`" : "'");
            case "\u201c" -> out.add("``");
            case "\u201d" -> out.add("''");
            case "\u2018" -> out.add("`");
            case "\u2019" -> out.add("'");
            default -> addWord(out, token);
        }
    }

    private static void addWord(List<String> out, String token) {
        String word = token.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        if (word.startsWith("..") || word.equals("\u2026")) {
            out.add("...");
            return;
        }
        if (word.startsWith("--") || word.equals("\u2013") || word.equals("\u2014")) {
            out.add("--");
            return;
        }
        Deque<String> parts = new ArrayDeque<>();
        Matcher clitic = CLITIC.matcher(word);
        while (clitic.matches()) {
            parts.push(clitic.group(2));
            word = clitic.group(1);
            clitic.reset(word);
        }
        parts.push(word);
        out.addAll(parts);
    }

    /** Returns whether a quotation mark opens a quotation. */
    private static boolean opens(String text, int at) {
        return at == 0 || Character.isWhitespace(text.charAt(at - 1)) || "([{\"'`".indexOf(text.charAt(at - 1)) >= 0;
    }
}
