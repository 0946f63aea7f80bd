package io.millrace.coordinator.job;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.checkpoint.Assignments;
import io.millrace.coordinator.enumerate.Enumerators;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries requests, splits and events between the source readers and the enumerators of one job.
 * What comes from, or is meant for, an attempt or a generation of the past is dropped. Confined to
 * the coordinator's thread.
 *
 * <p>While a checkpoint is between the position of an enumerator and its trigger, what that
 * enumerator says waits here: for no longer than the checkpoint's time-out.
 */
public final class ReaderTraffic implements Assignments {
    private final Enumerators enumerators;
    private final JobRegions regions;
    private final long epoch;
    private final WatermarkGroups groups = new WatermarkGroups();
    private final SplitLog log; // null if regions of sources restart as a whole
    private final Set<Effect.SourceRef> heldBack = new LinkedHashSet<>();
    private final List<Event> waiting = new ArrayList<>();

    /**
     * @param log of a job of stages; null for others
     */
    ReaderTraffic(Enumerators enumerators, JobRegions regions, long epoch, SplitLog log) {
        this.enumerators = enumerators;
        this.regions = regions;
        this.epoch = epoch;
        this.log = log;
    }

    public List<Effect> onSplitRequested(String workerId, ToCoordinator.SplitRequested request) {
        AttemptId attempt = request.attempt();
        if (!isRunning(workerId, attempt)) {
            return List.of();
        }
        if (log != null && log.isExhausted(attempt.vertexId())) {
            return List.of(nothingMore(workerId, attempt, request.operatorIndex()));
        }
        return enumerators.splitRequested(attempt, request.operatorIndex(), request.host());
    }

    /** All subtasks of the source had finished; this one runs again. */
    private Effect nothingMore(String workerId, AttemptId attempt, int operatorIndex) {
        return new Effect.Send(
                workerId,
                new ToWorker.AssignSplits(epoch, attempt, operatorIndex, 0, List.of(), true));
    }

    /** What subtasks of sources that run again are given first: what they were given before. */
    List<Effect> replay(Region region) {
        if (log == null) {
            return List.of();
        }
        List<Effect> sends = new ArrayList<>();
        for (SubtaskRun run : region.runs()) {
            log.replay(run.id(), epoch)
                    .forEach(message -> sends.add(new Effect.Send(run.workerId(), message)));
        }
        return sends;
    }

    public List<Effect> onReaderEvent(String workerId, ToCoordinator.ReaderEvent event) {
        return isRunning(workerId, event.attempt())
                ? enumerators.readerSpoke(event.attempt(), event.operatorIndex(), event.event())
                : List.of();
    }

    /** The answer says how far the source may come. */
    public List<Effect> onSourceWatermark(
            String workerId, ToCoordinator.SourceWatermark watermark) {
        if (!isRunning(workerId, watermark.attempt())) {
            return List.of();
        }
        long limitMs = groups.onReport(watermark, this::hasFinished);
        return List.of(
                new Effect.Send(
                        workerId,
                        new ToWorker.SourceLimit(
                                epoch, watermark.attempt(), watermark.operatorIndex(), limitMs)));
    }

    private boolean hasFinished(WatermarkGroups.Member member) {
        SubtaskRun run = regions.current(member.vertexId(), member.subtask());
        return run != null && run.state() == TaskState.FINISHED;
    }

    @Override
    public void holdBack(Effect.SourceRef source) {
        heldBack.add(source);
    }

    @Override
    public List<Effect> letGo() {
        heldBack.clear();
        List<Event> all = List.copyOf(waiting);
        waiting.clear();
        List<Effect> effects = new ArrayList<>();
        for (Event event : all) {
            effects.addAll(
                    event instanceof Event.SplitsAssigned assigned
                            ? onSplitsAssigned(assigned)
                            : onEnumeratorSpoke((Event.EnumeratorSpoke) event));
        }
        return effects;
    }

    private boolean waits(Event event, int vertexId, int operatorIndex, int generation) {
        return heldBack.contains(new Effect.SourceRef(vertexId, operatorIndex, generation))
                && waiting.add(event);
    }

    public List<Effect> onSplitsAssigned(Event.SplitsAssigned assigned) {
        if (waits(assigned, assigned.vertexId(), assigned.operatorIndex(), assigned.generation())) {
            return List.of();
        }
        if (log != null && enumerators.isCurrent(assigned.vertexId(), assigned.generation())) {
            log.add(assigned);
        }
        SubtaskRun run = reader(assigned.vertexId(), assigned.generation(), assigned.subtask());
        return run == null
                ? List.of()
                : List.of(
                        new Effect.Send(
                                run.workerId(),
                                new ToWorker.AssignSplits(
                                        epoch,
                                        run.id(),
                                        assigned.operatorIndex(),
                                        assigned.serializerVersion(),
                                        assigned.splits(),
                                        assigned.noMoreSplits())));
    }

    public List<Effect> onEnumeratorSpoke(Event.EnumeratorSpoke spoke) {
        if (waits(spoke, spoke.vertexId(), spoke.operatorIndex(), spoke.generation())) {
            return List.of();
        }
        SubtaskRun run = reader(spoke.vertexId(), spoke.generation(), spoke.subtask());
        return run == null
                ? List.of()
                : List.of(
                        new Effect.Send(
                                run.workerId(),
                                new ToWorker.EnumeratorEvent(
                                        epoch, run.id(), spoke.operatorIndex(), spoke.event())));
    }

    private boolean isRunning(String workerId, AttemptId attempt) {
        SubtaskRun run = regions.current(workerId, attempt);
        return run != null && run.state() == TaskState.RUNNING;
    }

    /** The attempt that an enumerator of this generation may give something to, or null. */
    private SubtaskRun reader(int vertexId, int generation, int subtask) {
        if (!enumerators.isCurrent(vertexId, generation)) {
            return null;
        }
        SubtaskRun run = regions.current(vertexId, subtask);
        return run != null && run.isLive() ? run : null;
    }
}
