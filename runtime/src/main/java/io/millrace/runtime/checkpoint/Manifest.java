package io.millrace.runtime.checkpoint;

import io.millrace.runtime.message.OperatorCommittables;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
 * @param files every file that any segment refers to, with those that lie in here
 * @param retained the ids of all checkpoints that the pointer names with it, its own among them;
 *     empty if that is not known
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
        List<StoredFile> files,
        List<Long> retained) {

    public Manifest {
        operators = List.copyOf(operators);
        enumerators = List.copyOf(enumerators);
        committables = List.copyOf(committables);
        files = List.copyOf(files);
        retained = retained == null ? List.of() : List.copyOf(retained);
    }

    public Manifest(
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
        this(
                jobId,
                jobName,
                epoch,
                checkpointId,
                triggeredAtMs,
                kind,
                operators,
                enumerators,
                committables,
                files,
                List.of());
    }

    /**
     * The same, when it is known what stays beside it.
     *
     * @param others that the pointer will name before it
     */
    public Manifest retainedWith(List<CheckpointRecord> others) {
        return new Manifest(
                jobId,
                jobName,
                epoch,
                checkpointId,
                triggeredAtMs,
                kind,
                operators,
                enumerators,
                committables,
                files,
                Stream.concat(
                                others.stream().map(CheckpointRecord::checkpointId),
                                Stream.of(checkpointId))
                        .toList());
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

        OperatorEntry withNames(UnaryOperator<String> name) {
            return new OperatorEntry(
                    id,
                    this.name,
                    parallelism,
                    maxParallelism,
                    subtasks.stream().map(subtask -> subtask.withNames(name)).toList());
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

        SubtaskEntry withNames(UnaryOperator<String> name) {
            return new SubtaskEntry(
                    finished,
                    parts.stream().map(part -> part.withNames(name)).toList(),
                    channels.stream().map(part -> part.withNames(name)).toList());
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

    /** The same, with other names for files. */
    public Manifest withNames(UnaryOperator<String> name) {
        return new Manifest(
                jobId,
                jobName,
                epoch,
                checkpointId,
                triggeredAtMs,
                kind,
                operators.stream().map(operator -> operator.withNames(name)).toList(),
                enumerators,
                committables,
                files.stream().map(file -> file.withName(name.apply(file.file()))).toList(),
                retained);
    }

    /** All segments that its states lie in. */
    public Stream<SegmentRef> segments() {
        return operators.stream()
                .flatMap(operator -> operator.subtasks().stream())
                .flatMap(
                        subtask ->
                                Stream.concat(
                                        subtask.parts().stream(), subtask.channels().stream()))
                .flatMap(StatePart::segments);
    }

    /** Whether all its files are of its own job. */
    public boolean standsAlone() {
        return files.stream()
                .allMatch(
                        file -> file.isInManifest() || CheckpointDirectory.isRelative(file.file()));
    }

    /** How many files it needs beside itself. */
    public long filesOnStorage() {
        return files.stream().filter(file -> !file.isInManifest()).count();
    }

    /** The bytes of all files that it refers to or holds, once each. */
    public long totalBytes() {
        return files.stream().mapToLong(StoredFile::length).sum();
    }
}
