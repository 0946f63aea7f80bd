package io.millrace.coordinator.journal;

import java.util.List;

/**
 * All subtasks of a source have finished: its enumerator has nothing left to give. Immutable.
 *
 * @param given what they read, in the order in which each was given it; null if that was too much
 *     to be written down, and so none of them can be repeated alone
 */
public record ReadSource(int vertexId, List<GivenSplits> given) {
    public ReadSource {
        given = given == null ? null : List.copyOf(given);
    }

    /** Splits that one subtask was given at once. */
    public record GivenSplits(
            int subtask, int operatorIndex, int serializerVersion, List<byte[]> splits) {
        public GivenSplits {
            splits = List.copyOf(splits);
        }

        public long bytes() {
            return splits.stream().mapToLong(split -> split.length).sum();
        }
    }
}
