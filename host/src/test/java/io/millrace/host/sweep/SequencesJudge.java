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
 * Says what is wrong with the output of {@link SequencesProgram}, with nothing of the engine.
 * Confined to one thread.
 *
 * <p>The checkpoint equation is judged by the program's {@code GAP} lines: state that is not what
 * the records before the cut make of it does not fit the next record of its key.
 */
public final class SequencesJudge {
    private static final int MOST = 10;

    private final List<String> faults = new ArrayList<>();
    private final List<String> unordered;

    /**
     * @param unordered the sinks in whose parts the numbers of a key may come in any order
     */
    public SequencesJudge(List<String> unordered) {
        this.unordered = List.copyOf(unordered);
    }

    /** The first of them; empty if all is as it must be. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /**
     * Judges the whole output of one sink.
     *
     * @param parts files or partitions, in each of which the numbers of a key ascend
     */
    public void judge(String sink, List<List<String>> parts) {
        Map<Long, BitSet> seen = new HashMap<>();
        Map<Long, String> ends = new HashMap<>();
        for (List<String> part : parts) {
            Map<Long, Integer> lastOfKey = new HashMap<>();
            for (String line : part) {
                if (line.startsWith("GAP")) {
                    fault(sink + ": " + line);
                } else if (line.startsWith("END ")) {
                    String[] end = line.substring(4).split(",", 2);
                    if (ends.put(Long.valueOf(end[0]), end[1]) != null) {
                        fault(sink + ": doubled: " + line);
                    }
                } else {
                    onNumber(sink, line, seen, lastOfKey);
                }
            }
        }
        for (long key = 0; key < SequencesProgram.KEYS; key++) {
            int count = seen.getOrDefault(key, new BitSet()).cardinality();
            if (count != SequencesProgram.NUMBERS_OF_KEY) {
                fault(sink + ": key " + key + " has " + count + " numbers");
            }
            String end = SequencesProgram.NUMBERS_OF_KEY + ",true";
            if (!end.equals(ends.get(key))) {
                fault(sink + ": key " + key + " ended with " + ends.get(key));
            }
        }
    }

    private void onNumber(
            String sink, String line, Map<Long, BitSet> seen, Map<Long, Integer> lastOfKey) {
        String[] parts = line.split(",");
        long key = Long.parseLong(parts[0]);
        int number = Integer.parseInt(parts[1]);
        BitSet numbers = seen.computeIfAbsent(key, k -> new BitSet());
        if (numbers.get(number)) {
            fault(sink + ": doubled: " + line);
        }
        numbers.set(number);
        Integer last = lastOfKey.put(key, number);
        boolean ordered = !unordered.contains(sink);
        if (ordered && last != null && last >= number) {
            fault(sink + ": out of order: " + line + " after " + last);
        }
    }

    static List<Path> filesIn(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    public void fault(String what) {
        if (faults.size() < MOST) {
            faults.add(what);
        }
    }
}
