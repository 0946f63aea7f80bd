package io.millrace.api.sink;

import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.checkpoint.StateSnapshotContext;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.JobInfo;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.metric.SinkCommitterMetricGroup;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.ChainingStrategy;
import io.millrace.api.operator.EndsLater;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.StreamRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Commits in a task, for a sink with operators behind its committer, and tells them what it has
 * committed. Made by {@code sinkTo}. Confined to its task.
 */
/* A committable goes by the checkpoint that it carries: when that one, or a later one, is complete,
 * it is part of what is durable, either here or on its way here, and may be committed. Those of the
 * end of input carry none, and wait for the first checkpoint that is taken when they are here. What
 * is not committed and told of is in each snapshot; so whatever is restored is covered by the
 * checkpoint that it is restored from, is committed at once, and is told of again. */
public final class CommitterOperator<CommT>
        extends AbstractStreamOperator<CommittableMessage<CommT>>
        implements OneInputStreamOperator<CommittableMessage<CommT>, CommittableMessage<CommT>>,
                EndsLater {
    private static final long serialVersionUID = 1L;

    private static final String STATE = "sink-committables";

    private final SupportsCommitter<CommT> sink;
    private transient LineageSerializer<CommT> serializer;
    private transient SavedItems state;
    // What a restored checkpoint has left, until it is committed.
    private transient List<CommittableWithLineage<CommT>> restored;
    // By the checkpoint that must be complete.
    private transient NavigableMap<Long, List<CommittableWithLineage<CommT>>> pending;
    // Of the end of input, and in no checkpoint yet.
    private transient List<CommittableWithLineage<CommT>> atEnd;
    private transient TaskCommits<CommT> commits; // null until opened
    // Committed, and not told of.
    private transient List<CommittableWithLineage<CommT>> untold;
    private transient long complete;
    private transient CommitCounts counts;

    /**
     * @param sink a sink that travels with the program
     */
    public CommitterOperator(SupportsCommitter<CommT> sink) {
        this.sink = sink;
        setChainingStrategy(ChainingStrategy.HEAD);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        serializer = new LineageSerializer<>(sink.getCommittableSerializer());
        pending = new TreeMap<>();
        atEnd = new ArrayList<>();
        untold = new ArrayList<>();
        complete = Long.MIN_VALUE;
        state = SavedItems.of(context, STATE);
        restored =
                state.read(
                        item ->
                                serializer.deserialize(
                                        ByteBuffer.wrap(item).getInt(),
                                        Arrays.copyOfRange(item, Integer.BYTES, item.length)));
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (getContainingTask().takesCheckpoints()
                && !getContainingTask().takesCheckpointsAtEnd()) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the sink of '"
                            + getOperatorName()
                            + "' has operators behind its committer, which wait for a checkpoint"
                            + " when the input has ended. Do not switch off"
                            + " execution.checkpointing.checkpoints-after-tasks-finish.");
        }
        // An operator's group is whatever stands in it.
        counts = new CommitCounts((SinkCommitterMetricGroup) getMetricGroup());
        commits =
                new TaskCommits<>(
                        sink.createCommitter(
                                new Context(
                                        getRuntimeContext().getJobInfo(),
                                        getRuntimeContext().getTaskInfo(),
                                        counts.group())),
                        getOperatorName(),
                        counts);
        counts.came(restored.size());
        counts.pending(restored.size());
        untold.addAll(commits.commitNow(restored));
        restored.clear();
        counts.pending(0);
        if (!untold.isEmpty()) {
            // Not from here: those behind may be told only when the task runs.
            after(0);
        }
    }

    private void after(long ms) {
        getProcessingTimeService()
                .registerTimer(
                        getProcessingTimeService().getCurrentProcessingTime() + ms, time -> goOn());
    }

    @Override
    public void processElement(StreamRecord<CommittableMessage<CommT>> element) {
        if (element.getValue() instanceof CommittableWithLineage<CommT> committable) {
            counts.came(1);
            if (committable.getCheckpointId() == Long.MAX_VALUE) {
                atEnd.add(committable);
            } else {
                pending.computeIfAbsent(committable.getCheckpointId(), id -> new ArrayList<>())
                        .add(committable);
            }
            countPending();
        }
    }

    private void countPending() {
        int waiting = atEnd.size() + commits.underWay().size();
        for (List<CommittableWithLineage<CommT>> each : pending.values()) {
            waiting += each.size();
        }
        counts.pending(waiting);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        coverEnd(context.getCheckpointId());
        List<CommittableWithLineage<CommT>> all = new ArrayList<>(untold);
        all.addAll(commits.underWay());
        pending.values().forEach(all::addAll);
        state.write(
                all,
                each -> {
                    byte[] bytes = serializer.serialize(each);
                    return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                            .putInt(serializer.getVersion())
                            .put(bytes)
                            .array();
                });
    }

    /** What has come from the end of input is part of this checkpoint. */
    private void coverEnd(long checkpointId) {
        if (!atEnd.isEmpty()) {
            pending.computeIfAbsent(checkpointId, id -> new ArrayList<>()).addAll(atEnd);
            atEnd.clear();
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        complete = Math.max(complete, checkpointId);
        if (!commits.waits()) {
            goOn();
        }
    }

    /** Commits what may be committed, and tells of what is. */
    private void goOn() throws Exception {
        tell();
        while (true) {
            if (commits.underWay().isEmpty()) {
                NavigableMap<Long, List<CommittableWithLineage<CommT>>> due =
                        pending.headMap(complete, true);
                if (due.isEmpty()) {
                    return;
                }
                List<CommittableWithLineage<CommT>> batch = new ArrayList<>();
                due.values().forEach(batch::addAll);
                due.clear();
                commits.begin(batch);
            }
            long pauseMs = commits.round();
            if (commits.waits()) {
                after(pauseMs);
                return;
            }
            untold.addAll(commits.take());
            countPending();
            tell();
        }
    }

    private void tell() {
        if (untold.isEmpty()) {
            return;
        }
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int subtask = task.getIndexOfThisSubtask();
        NavigableMap<Long, List<CommittableWithLineage<CommT>>> byCheckpoint = new TreeMap<>();
        for (CommittableWithLineage<CommT> each : untold) {
            byCheckpoint
                    .computeIfAbsent(each.getCheckpointId(), id -> new ArrayList<>())
                    .add(each.withSubtaskId(subtask));
        }
        byCheckpoint.forEach(
                (checkpointId, committed) -> {
                    output.collect(
                            new StreamRecord<>(
                                    new CommittableSummary<>(
                                            subtask,
                                            task.getNumberOfParallelSubtasks(),
                                            checkpointId,
                                            committed.size(),
                                            0)));
                    committed.forEach(each -> output.collect(new StreamRecord<>(each)));
                });
        untold.clear();
    }

    @Override
    public boolean mayEnd() throws Exception {
        if (!getContainingTask().takesCheckpoints() && !commits.waits()) {
            coverEnd(Long.MAX_VALUE);
            complete = Long.MAX_VALUE;
            goOn();
        }
        tell();
        return pending.isEmpty() && atEnd.isEmpty() && commits.underWay().isEmpty();
    }

    @Override
    public void close() throws Exception {
        try {
            if (commits != null) {
                commits.close();
            }
        } finally {
            super.close();
        }
    }

    /** Where the committer runs. Immutable. */
    private record Context(JobInfo job, TaskInfo task, SinkCommitterMetricGroup metrics)
            implements CommitterInitContext {
        @Override
        public SinkCommitterMetricGroup metricGroup() {
            return metrics;
        }

        @Override
        public JobInfo getJobInfo() {
            return job;
        }

        @Override
        public TaskInfo getTaskInfo() {
            return task;
        }
    }
}
