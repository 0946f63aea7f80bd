package io.millrace.it;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the example {@code Sequences} has left on HDFS, counted. Immutable.
 *
 * @param lost numbers that are not there
 * @param doubled lines more than there are numbers
 * @param gaps places where a key's state did not fit its next record: the state of a restored
 *     checkpoint was not that of the records before the cut
 * @param staged files that are not output
 */
record SequencesOutput(long lost, long doubled, long gaps, List<String> staged) {
    static SequencesOutput read(Hdfs hdfs, String directory, long records) {
        Set<String> distinct = new HashSet<>();
        List<String> staged = new ArrayList<>();
        long lines = 0;
        long gaps = 0;
        for (String file : hdfs.listDeep(directory)) {
            if (file.startsWith(".") || file.contains("/.")) {
                staged.add(file);
                continue;
            }
            for (String line : hdfs.read(directory + "/" + file).lines().toList()) {
                if (line.startsWith("GAP")) {
                    gaps++;
                } else {
                    lines++;
                    distinct.add(line);
                }
            }
        }
        return new SequencesOutput(
                records - distinct.size(), lines - distinct.size(), gaps, List.copyOf(staged));
    }

    boolean isExact() {
        return lost == 0 && doubled == 0 && gaps == 0 && staged.isEmpty();
    }
}
