package org.fovea.studies.papers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.tensor.Tensor;

/**
 * Papers with the words they use and the citations between them.
 *
 * <p>The zip file holds {@code papers.csv} (paper, topic, split), {@code words.csv} (paper, word) and {@code edges.csv} (a, b),
 * each with a line of titles and numbers from 0. A citation counts in both directions.
 */
final class CitationGraph {
    private final List<int[]> papers = new ArrayList<>();
    private final List<String> splits = new ArrayList<>();
    private final List<int[]> words;
    private final List<int[]> edges;
    private final int topics;

    private CitationGraph(ZipFile zip) throws IOException {
        for (String[] row : rows(zip, "papers.csv")) {
            papers.add(new int[] {Integer.parseInt(row[0]), Integer.parseInt(row[1])});
            splits.add(row.length > 2 ? row[2] : "");
        }
        topics = 1 + papers.stream().mapToInt(p -> p[1]).max().orElse(0);
        words = numbers(rows(zip, "words.csv"));
        edges = numbers(rows(zip, "edges.csv"));
    }

    static CitationGraph read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new CitationGraph(zip);
        }
    }

    private static List<String[]> rows(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(zip.getName() + ": must hold " + name + ", papers.csv, words.csv and edges.csv");
        }
        String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().skip(1).map(line -> line.split(",")).toList();
    }

    private static List<int[]> numbers(List<String[]> rows) {
        return rows.stream()
                .map(row -> new int[] {Integer.parseInt(row[0]), Integer.parseInt(row[1])})
                .toList();
    }

    int size() {
        return papers.size();
    }

    int topics() {
        return topics;
    }

    /** The topic of a paper. */
    int topic(int paper) {
        return papers.get(paper)[1];
    }

    /** The papers of a part of the split: {@code train}, {@code val} or {@code test}. */
    int[] part(String split) {
        IntPredicate isPart = paper -> splits.get(paper).equals(split);
        return IntStream.range(0, size()).filter(isPart).toArray();
    }

    /** {@code [1, N, words]}: 1 over the number of the paper's words for each word it uses. */
    Tensor features() {
        int vocabulary = 1 + words.stream().mapToInt(w -> w[1]).max().orElse(0);
        int[] counts = new int[size()];
        words.forEach(w -> counts[w[0]]++);
        float[] out = new float[size() * vocabulary];
        words.forEach(w -> out[w[0] * vocabulary + w[1]] = 1f / counts[w[0]]);
        return Tensor.of(out, 1, size(), vocabulary);
    }

    /** {@code [2·edges]}: one end of every edge in both directions, the other end with {@code other}. */
    Tensor ends(boolean other) {
        int[] out = new int[2 * edges.size()];
        for (int i = 0; i < edges.size(); i++) {
            out[2 * i] = edges.get(i)[other ? 1 : 0];
            out[2 * i + 1] = edges.get(i)[other ? 0 : 1];
        }
        return Tensor.of(out, out.length);
    }

    /** {@code [papers, topics]}, 1 at each paper's topic. */
    Tensor targets(int[] part) {
        float[] out = new float[part.length * topics];
        for (int i = 0; i < part.length; i++) {
            out[i * topics + topic(part[i])] = 1;
        }
        return Tensor.of(out, part.length, topics);
    }

    /** The share of papers of a part whose largest logit is their topic's. */
    double accuracy(Tensor logits, int[] part) {
        float[] all = logits.toFloats();
        int right = 0;
        for (int paper : part) {
            right += Likeliest.of(all, paper * topics, topics) == topic(paper) ? 1 : 0;
        }
        return (double) right / part.length;
    }
}
