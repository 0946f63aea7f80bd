package io.millrace.connector.file;

import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.checkpoint.StateSnapshotContext;
import io.millrace.api.file.Path;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.BoundedOneInput;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.sink.CommittableMessage;
import io.millrace.api.sink.CommittableSummary;
import io.millrace.api.sink.CommittableWithLineage;
import io.millrace.connector.file.compactor.FileCompactStrategy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the sealed files of all writers wait, directory by directory, until the strategy wants them
 * put together. One for the sink; sees names and sizes only. Confined to its task.
 */
final class CompactCoordinator extends AbstractStreamOperator<CommittableMessage<CompactRequest>>
        implements OneInputStreamOperator<
                        CommittableMessage<FileSinkCommittable>,
                        CommittableMessage<CompactRequest>>,
                BoundedOneInput {
    private static final long serialVersionUID = 1L;

    /** Null if no files are put together any more. */
    private final FileCompactStrategy strategy;

    private transient SavedMessages<FileSinkCommittable> saved;
    private transient Map<Path, Waiting> directories;

    /** The files of one directory. Confined to the task. */
    private static final class Waiting {
        private final List<CommittableWithLineage<FileSinkCommittable>> files = new ArrayList<>();
        private long bytes;
        private int checkpoints;
    }

    /**
     * @param strategy null to pass everything on as it is, what a checkpoint has left too
     */
    CompactCoordinator(FileCompactStrategy strategy) {
        this.strategy = strategy;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        directories = new LinkedHashMap<>();
        saved = new SavedMessages<>(context, "waiting", new FileSinkCommittable.Serializer());
        for (SavedMessages.Saved<FileSinkCommittable> each : saved.restored()) {
            Waiting waiting = waitingFor(each.message());
            add(each.message(), waiting);
            waiting.checkpoints = Math.max(waiting.checkpoints, each.number());
        }
    }

    private Waiting waitingFor(CommittableWithLineage<FileSinkCommittable> file) {
        return directories.computeIfAbsent(
                file.getCommittable().target().getParent(), directory -> new Waiting());
    }

    private static void add(CommittableWithLineage<FileSinkCommittable> file, Waiting waiting) {
        waiting.files.add(file);
        waiting.bytes += file.getCommittable().bytes();
    }

    @Override
    public void processElement(StreamRecord<CommittableMessage<FileSinkCommittable>> element) {
        if (!(element.getValue() instanceof CommittableWithLineage<FileSinkCommittable> file)
                // Those who put files together say when all of it has ended.
                || file.getCommittable().isEnd()) {
            return;
        }
        if (strategy == null || isLarge(file.getCommittable().bytes())) {
            request(List.of(file));
            return;
        }
        Waiting waiting = waitingFor(file);
        add(file, waiting);
        if (isLarge(waiting.bytes)) {
            directories.remove(file.getCommittable().target().getParent());
            request(waiting.files);
        }
    }

    private boolean isLarge(long bytes) {
        return strategy.getSizeThreshold() >= 0 && bytes >= strategy.getSizeThreshold();
    }

    private void request(List<CommittableWithLineage<FileSinkCommittable>> files) {
        // Of the latest checkpoint of all: it cannot be committed with an earlier one.
        long checkpointId =
                files.stream()
                        .mapToLong(CommittableWithLineage::getCheckpointId)
                        .max()
                        .orElseThrow();
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        output.collect(
                new StreamRecord<>(new CommittableSummary<>(subtask, 1, checkpointId, 1, 0)));
        output.collect(
                new StreamRecord<>(
                        new CommittableWithLineage<>(
                                new CompactRequest(
                                        files.stream()
                                                .map(CommittableWithLineage::getCommittable)
                                                .toList()),
                                checkpointId,
                                subtask)));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        Iterator<Waiting> each = directories.values().iterator();
        while (each.hasNext()) {
            Waiting waiting = each.next();
            waiting.checkpoints++;
            if (isDue(waiting)) {
                each.remove();
                request(waiting.files);
            }
        }
    }

    private boolean isDue(Waiting waiting) {
        return strategy == null
                || strategy.getNumCheckpointsBeforeCompaction() > 0
                        && waiting.checkpoints >= strategy.getNumCheckpointsBeforeCompaction();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<SavedMessages.Saved<FileSinkCommittable>> all = new ArrayList<>();
        for (Waiting waiting : directories.values()) {
            for (CommittableWithLineage<FileSinkCommittable> file : waiting.files) {
                all.add(new SavedMessages.Saved<>(waiting.checkpoints, file));
            }
        }
        saved.save(all);
    }

    @Override
    public void endInput() {
        directories.values().forEach(waiting -> request(waiting.files));
        directories.clear();
    }
}
