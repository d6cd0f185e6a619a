package org.fovea.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Files that list a data set's samples: one that is given itself, or those of usual names at the top of a folder or zip file, or
 * else in folders in it, each of which is a split. Paths of images are relative to the list's folder, or to {@code images/} in it.
 *
 * @param files files, which stay open as long as images are read
 * @param places locations of the lists, at least one
 */
public record DataLists(DataFiles files, List<Place> places) implements AutoCloseable {
    private static final String LINES = ".jsonl";
    private static final String JSON = ".json";

    /**
     * The place of a list.
     *
     * @param path of the list
     * @param folder of the list, empty or with a slash at its end
     * @param split of samples that name none
     */
    public record Place(String path, String folder, Optional<String> split) {
        /** Returns whether the list has JSON lines rather than one JSON value. */
        public boolean isLines() {
            return path.toLowerCase(Locale.ROOT).endsWith(LINES);
        }
    }

    /** Copies the list. */
    public DataLists {
        places = List.copyOf(places);
    }

    /**
     * Finds the lists.
     *
     * @param data a {@code .json} or {@code .jsonl} file, a folder or a zip file
     * @param usual selects the names of lists among the names of files in a folder
     * @param rule rule for such a folder, for errors, such as {@code must hold a list of …; make one of lines …}, with {@code
     *     %s} for the actual state
     * @throws DataSetException when there are no lists
     */
    public static DataLists open(Path data, UnaryOperator<List<String>> usual, String rule) {
        boolean list = Files.isRegularFile(data) && isList(data.toString());
        Path root = list ? Optional.ofNullable(data.getParent()).orElse(Path.of("")) : data;
        DataFiles files = DataFiles.open(root.toString().isEmpty() ? Path.of(".") : root);
        try {
            List<Place> places = list
                    ? List.of(new Place(data.getFileName().toString(), "", Optional.empty()))
                    : places(files, usual);
            if (places.isEmpty()) {
                throw new DataSetException(data + ": " + String.format(rule, "got none"));
            }
            return new DataLists(files, places);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static boolean isList(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(LINES) || lower.endsWith(JSON);
    }

    private static List<Place> places(DataFiles files, UnaryOperator<List<String>> usual) {
        List<Place> out = new ArrayList<>();
        usual.apply(files.names("")).forEach(name -> out.add(new Place(name, "", Optional.empty())));
        if (out.isEmpty()) {
            for (String split : files.directories()) {
                String folder = split + "/";
                usual.apply(files.names(folder))
                        .forEach(name -> out.add(new Place(folder + name, folder, Optional.of(split))));
            }
        }
        return out;
    }

    @Override
    public void close() {
        files.close();
    }
}
