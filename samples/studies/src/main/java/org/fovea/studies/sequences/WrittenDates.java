package org.fovea.studies.sequences;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Dates from 1900 to 2099 written in a dozen styles, to be put into ISO form: "Tuesday 3 May 1979" is 1979-05-03.
 *
 * @param part of the days that are drawn: a day is of one part whatever its style, so that the days of a test are unseen
 */
record WrittenDates(Part part) implements SequenceTask {
    /** A share of all days, by a hash of the day. */
    enum Part {
        /** Nine days of ten. */
        TRAINING,
        /** One day of ten. */
        TEST
    }

    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final int DAYS = (int) ChronoUnit.DAYS.between(FIRST, LocalDate.of(2100, 1, 1));
    private static final int TENTH = 10;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /** Numeric styles are told apart by their marks: day first with dots and dashes, month first with slashes. */
    private static final List<DateTimeFormatter> STYLES = List.of(
                    "EEEE d MMMM yyyy",
                    "EEE d MMM yyyy",
                    "d MMMM yyyy",
                    "d MMM yyyy",
                    "MMMM d, yyyy",
                    "MMM d, yyyy",
                    "EEEE, MMMM d, yyyy",
                    "dd.MM.yyyy",
                    "d.M.yyyy",
                    "M/d/yyyy",
                    "dd-MM-yyyy",
                    "yyyy MMM dd",
                    "'the' d 'of' MMMM yyyy")
            .stream()
            .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH))
            .toList();

    private static final Alphabet LETTERS = new Alphabet(letters());
    private static final int LONGEST = "Wednesday, September 30, 2000".length();

    private static String letters() {
        Set<String> all = FIRST.datesUntil(FIRST.plusYears(1))
                .flatMap(day -> STYLES.stream().map(day::format))
                .flatMap(text -> text.chars().mapToObj(Character::toString))
                .collect(Collectors.toSet());
        "0123456789-".chars().mapToObj(Character::toString).forEach(all::add);
        return all.stream().sorted().collect(Collectors.joining());
    }

    @Override
    public Pair draw(RandomGenerator random) {
        LocalDate day = FIRST.plusDays(random.nextInt(DAYS));
        while (partOf(day) != part) {
            day = FIRST.plusDays(random.nextInt(DAYS));
        }
        return new Pair(day.format(STYLES.get(random.nextInt(STYLES.size()))), day.toString());
    }

    private static Part partOf(LocalDate day) {
        long hash = day.toEpochDay() * GOLDEN_GAMMA >>> 33;
        return hash % TENTH == 0 ? Part.TEST : Part.TRAINING;
    }

    @Override
    public Alphabet alphabet() {
        return LETTERS;
    }

    @Override
    public int questionLength() {
        return LONGEST;
    }

    @Override
    public int answerLength() {
        return FIRST.toString().length();
    }
}
