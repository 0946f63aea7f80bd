package io.millrace.runtime.checkpoint;

import io.millrace.runtime.message.OperatorCommittables;
import java.util.List;

/**
 * What a checkpoint consists of. Immutable. A checkpoint exists if and only if the pointer names
 * its manifest; every byte of its state is here or in a file that is named here.
 *
 * @param jobId as hexadecimal digits
 * @param epoch of the leader that completed it
 * @param triggeredAtMs milliseconds since the epoch
 * @param operators every operator of the job, those without state too
 * @param enumerators the positions of the sources
 * @param committables of the sinks, to be committed now that the checkpoint is complete, and again
 *     after a restore
 * @param files every file that any segment refers to
 */
public record Manifest(
        String jobId,
        String jobName,
        long epoch,
        long checkpointId,
        long triggeredAtMs,
        CheckpointKind kind,
        List<OperatorEntry> operators,
        List<EnumeratorEntry> enumerators,
        List<CommittableEntry> committables,
        List<StoredFile> files) {

    public Manifest {
        operators = List.copyOf(operators);
        enumerators = List.copyOf(enumerators);
        committables = List.copyOf(committables);
        files = List.copyOf(files);
    }

    /**
     * One operator.
     *
     * @param id the user's uid, or the place in the program: what a later program is matched by
     * @param subtasks in order, {@code parallelism} of them
     */
    public record OperatorEntry(
            String id,
            String name,
            int parallelism,
            int maxParallelism,
            List<SubtaskEntry> subtasks) {
        public OperatorEntry {
            subtasks = List.copyOf(subtasks);
        }
    }

    /**
     * One operator in one subtask.
     *
     * @param finished it had ended; there is no state
     * @param channels records on their way to it; only at the first operator of a chain
     */
    public record SubtaskEntry(boolean finished, List<StatePart> parts, List<StatePart> channels) {
        public SubtaskEntry {
            parts = List.copyOf(parts);
            channels = List.copyOf(channels);
        }
    }

    /**
     * The enumerator of a source.
     *
     * @param operatorId of the source
     * @param version of the source's serializer
     * @param state as that serializer wrote it
     */
    public record EnumeratorEntry(String operatorId, int version, byte[] state) {}

    /**
     * What one subtask of a sink has prepared.
     *
     * @param operatorId of the sink
     */
    public record CommittableEntry(String operatorId, OperatorCommittables committables) {}

    /** The bytes of all files that it refers to, once each. */
    public long totalBytes() {
        return files.stream().mapToLong(StoredFile::length).sum();
    }
}
