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
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Carries requests, splits and events between the source readers and the enumerators of one job.
 * What comes from, or is meant for, an attempt or a generation of the past is dropped. Confined to
 * the coordinator's thread.
 *
 * <p>A subtask of a source may have several attempts. To an enumerator they are one: each is given
 * all splits of the subtask, and of their requests one at a time is handed on. Events are those of
 * the current attempt, unless the enumerator {@link Enumerators#isHearingAttempts hears of each}.
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
    // Readers with a request that has not been answered yet.
    private final Set<Asking> asking = new LinkedHashSet<>();
    // Operators, by vertex, whose enumerators and readers have sent each other events of their own,
    // which another attempt would not have heard or would repeat.
    private final TreeMap<Integer, TreeSet<Integer>> talking = new TreeMap<>();

    private record Asking(int vertexId, int subtask, int operatorIndex) {}

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
        SubtaskRun run = regions.attempt(workerId, attempt);
        if (run == null || run.state() != TaskState.RUNNING) {
            return List.of();
        }
        if (log != null
                && log.isTold(attempt.vertexId(), attempt.subtask(), request.operatorIndex())) {
            return List.of(nothingMore(workerId, attempt, request.operatorIndex()));
        }
        boolean asked =
                !asking.add(
                        new Asking(attempt.vertexId(), attempt.subtask(), request.operatorIndex()));
        Region region = regions.of(attempt.vertexId(), attempt.subtask());
        return asked && region.isOneSubtask() && region.live() > 1
                ? List.of() // the answer is for all attempts of the subtask
                : enumerators.splitRequested(attempt, request.operatorIndex(), request.host());
    }

    /** The subtask runs again, or twice, and has been given all that it had the first time. */
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
            sends.addAll(replay(run));
        }
        return sends;
    }

    /** What an attempt beside the current one is given first: what that one was given. */
    List<Effect> replay(SubtaskRun run) {
        return log.replay(run.id(), epoch).stream()
                .<Effect>map(message -> new Effect.Send(run.workerId(), message))
                .toList();
    }

    /**
     * Whether a second attempt of a subtask can read what the first one reads: unless an enumerator
     * and readers of its vertex have talked of something other than splits, or nobody knows which
     * those were.
     */
    boolean mayReadTwice(SubtaskRun run) {
        int vertexId = run.id().vertexId();
        return !talking.containsKey(vertexId) && !log.isUnknown(vertexId);
    }

    public List<Effect> onReaderEvent(String workerId, ToCoordinator.ReaderEvent event) {
        int vertexId = event.attempt().vertexId();
        if (enumerators.isHearingAttempts(vertexId, event.operatorIndex())) {
            SubtaskRun run = regions.attempt(workerId, event.attempt());
            if (run == null || run.state() != TaskState.RUNNING) {
                return List.of();
            }
        } else if (isRunning(workerId, event.attempt())) {
            talks(vertexId, event.operatorIndex());
        } else {
            return List.of();
        }
        return enumerators.readerSpoke(event.attempt(), event.operatorIndex(), event.event());
    }

    /** An enumerator has started that wants to hear of each attempt: also of those that run. */
    public List<Effect> onHearsAttempts(Event.EnumeratorHearsAttempts event) {
        int vertexId = event.vertexId();
        if (!enumerators.isCurrent(vertexId, event.generation())) {
            return List.of();
        }
        enumerators.hearsAttempts(vertexId, event.operatorIndex());
        // What readers have said until now it hears with their attempts, too; itself it was silent.
        talking.computeIfPresent(
                vertexId,
                (key, operators) -> {
                    operators.remove(event.operatorIndex());
                    return operators.isEmpty() ? null : operators;
                });
        return regions.of(vertexId).stream()
                .flatMap(region -> region.liveRuns().stream())
                .filter(run -> run.id().vertexId() == vertexId)
                .filter(run -> run.state() == TaskState.RUNNING)
                .flatMap(
                        run ->
                                enumerators
                                        .readerRunsAlready(
                                                run.id(), event.operatorIndex(), run.host())
                                        .stream())
                .toList();
    }

    /** An attempt has ended without success. */
    List<Effect> gone(SubtaskRun run) {
        return enumerators.readerGone(run.id());
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
        if (enumerators.isCurrent(assigned.vertexId(), assigned.generation())) {
            asking.remove(
                    new Asking(assigned.vertexId(), assigned.subtask(), assigned.operatorIndex()));
            if (log != null) {
                log.add(assigned);
            }
        }
        return readers(assigned.vertexId(), assigned.generation(), assigned.subtask()).stream()
                .<Effect>map(
                        run ->
                                new Effect.Send(
                                        run.workerId(),
                                        new ToWorker.AssignSplits(
                                                epoch,
                                                run.id(),
                                                assigned.operatorIndex(),
                                                assigned.serializerVersion(),
                                                assigned.splits(),
                                                assigned.noMoreSplits())))
                .toList();
    }

    public List<Effect> onEnumeratorSpoke(Event.EnumeratorSpoke spoke) {
        if (waits(spoke, spoke.vertexId(), spoke.operatorIndex(), spoke.generation())) {
            return List.of();
        }
        boolean toAll = spoke.attempt() == Event.EnumeratorSpoke.ALL_ATTEMPTS;
        if (toAll || !enumerators.isHearingAttempts(spoke.vertexId(), spoke.operatorIndex())) {
            talks(spoke.vertexId(), spoke.operatorIndex());
        }
        return readers(spoke.vertexId(), spoke.generation(), spoke.subtask()).stream()
                .filter(run -> toAll || run.id().attempt() == spoke.attempt())
                .<Effect>map(
                        run ->
                                new Effect.Send(
                                        run.workerId(),
                                        new ToWorker.EnumeratorEvent(
                                                epoch,
                                                run.id(),
                                                spoke.operatorIndex(),
                                                spoke.event())))
                .toList();
    }

    private void talks(int vertexId, int operatorIndex) {
        talking.computeIfAbsent(vertexId, key -> new TreeSet<>()).add(operatorIndex);
    }

    private boolean isRunning(String workerId, AttemptId attempt) {
        SubtaskRun run = regions.current(workerId, attempt);
        return run != null && run.state() == TaskState.RUNNING;
    }

    /** The attempts that an enumerator of this generation may give something to. */
    private List<SubtaskRun> readers(int vertexId, int generation, int subtask) {
        if (!enumerators.isCurrent(vertexId, generation)) {
            return List.of();
        }
        Region region = regions.of(vertexId, subtask);
        if (region != null && region.isOneSubtask()) {
            return region.liveRuns();
        }
        SubtaskRun run = regions.current(vertexId, subtask);
        return run != null && run.isLive() ? List.of(run) : List.of();
    }
}
