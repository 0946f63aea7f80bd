package io.millrace.host.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads what applications have left, with nothing of the engine, and says what is wrong with it.
 *
 * <p>The checkpoint equation is judged by the program's {@code GAP} lines: state that is not what
 * the records before the cut make of it does not fit the next record of its key.
 */
final class SequencesJudge {
    private static final int MOST = 10;
    private static final String CHAINED = "chained";
    private static final String DEALT_OUT = "dealt-out"; // behind a rebalance

    private final List<String> faults = new ArrayList<>();
    private final List<String> forgiven;
    private final List<String> unordered;

    private SequencesJudge(List<String> forgiven, List<String> unordered) {
        this.forgiven = forgiven;
        this.unordered = unordered;
    }

    /**
     * @param directory holds {@code output} and the directories of the applications
     * @param ended the applications whose checkpoints must be gone
     * @param dead jobs whose application has died for good, and could not tidy up
     * @param merged whether records that were on their way in several channels may have come into
     *     one, at another parallelism: order is kept in a channel, not between two of them
     * @param compacted whether files were put together, in any order
     */
    static List<String> faultsIn(
            Path directory, List<Path> ended, List<String> dead, boolean merged, boolean compacted)
            throws IOException {
        List<String> unordered = new ArrayList<>();
        if (merged) {
            unordered.add(DEALT_OUT);
        }
        if (compacted) {
            unordered.add(CHAINED);
        }
        SequencesJudge judge = new SequencesJudge(dead, unordered);
        for (String sink : List.of(CHAINED, DEALT_OUT)) {
            judge.judge(directory.resolve(SequencesProgram.OUTPUT).resolve(sink));
        }
        for (Path application : ended) {
            judge.nothingIsLeft(application.resolve("checkpoints"));
        }
        return judge.faults;
    }

    private void judge(Path sink) throws IOException {
        Map<Long, BitSet> seen = new HashMap<>();
        Map<Long, String> ends = new HashMap<>();
        for (Path file : filesIn(sink)) {
            String name = sink.relativize(file).toString();
            if (name.startsWith(".") || name.contains("/.")) {
                if (forgiven.stream().noneMatch(name::contains)) {
                    fault("left behind: " + file);
                }
                continue;
            }
            Map<Long, Integer> lastOfKey = new HashMap<>();
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("GAP")) {
                    fault(sink.getFileName() + ": " + line);
                } else if (line.startsWith("END ")) {
                    String[] end = line.substring(4).split(",", 2);
                    if (ends.put(Long.valueOf(end[0]), end[1]) != null) {
                        fault(sink.getFileName() + ": doubled: " + line);
                    }
                } else {
                    onNumber(sink, line, seen, lastOfKey);
                }
            }
        }
        for (long key = 0; key < SequencesProgram.KEYS; key++) {
            int count = seen.getOrDefault(key, new BitSet()).cardinality();
            if (count != SequencesProgram.NUMBERS_OF_KEY) {
                fault(sink.getFileName() + ": key " + key + " has " + count + " numbers");
            }
            String end = SequencesProgram.NUMBERS_OF_KEY + ",true";
            if (!end.equals(ends.get(key))) {
                fault(sink.getFileName() + ": key " + key + " ended with " + ends.get(key));
            }
        }
    }

    private void onNumber(
            Path sink, String line, Map<Long, BitSet> seen, Map<Long, Integer> lastOfKey) {
        String[] parts = line.split(",");
        long key = Long.parseLong(parts[0]);
        int number = Integer.parseInt(parts[1]);
        BitSet numbers = seen.computeIfAbsent(key, k -> new BitSet());
        if (numbers.get(number)) {
            fault(sink.getFileName() + ": doubled: " + line);
        }
        numbers.set(number);
        Integer last = lastOfKey.put(key, number);
        boolean ordered = !unordered.contains(sink.getFileName().toString());
        if (ordered && last != null && last >= number) {
            fault(sink.getFileName() + ": out of order: " + line + " after " + last);
        }
    }

    private void nothingIsLeft(Path directory) throws IOException {
        for (Path file : filesIn(directory)) {
            fault("left behind: " + file);
        }
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void fault(String what) {
        if (faults.size() < MOST) {
            faults.add(what);
        }
    }
}
