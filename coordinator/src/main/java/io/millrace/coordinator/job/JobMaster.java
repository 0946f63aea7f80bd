package io.millrace.coordinator.job;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.CoordinatorSettings;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.enumerate.Enumerators;
import io.millrace.coordinator.failover.FailoverDecision;
import io.millrace.coordinator.failover.PipelinedRegions;
import io.millrace.coordinator.failover.RestartHistory;
import io.millrace.coordinator.failover.RestartStrategy;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.coordinator.schedule.SlotLayout;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs one job: routes what happens to its regions, and carries out what is decided about them.
 * Confined to the coordinator's thread.
 *
 * <p>The order of effects is the promise: a job is journalled before anything is done for it,
 * {@code CommitStarted} before the commit, the result before anybody hears of it.
 */
public final class JobMaster {
    private final JobGraph graph;
    private final CoordinatorSettings settings;
    private final WorkerPool pool;
    private final long submittedAtMs;
    private final List<Region> regions = new ArrayList<>();
    private final JobSlots slots;
    private final Enumerators enumerators;
    private final ReaderTraffic readers;
    private final Deployment deployment;
    private final FailureLog failures = new FailureLog();
    private RestartStrategy strategy;
    private RestartHistory restarts = RestartHistory.NONE;
    private JobState state = JobState.CREATED;
    private int waits;
    private boolean waiting;
    private Ending ending;
    private Committing committing;
    private JobResult result;
    private long endedAtMs = -1;
    private JobView page;

    public JobMaster(
            JobGraph graph,
            CoordinatorSettings settings,
            long epoch,
            WorkerPool pool,
            long submittedAtMs) {
        this.graph = graph;
        this.settings = settings;
        this.pool = pool;
        this.submittedAtMs = submittedAtMs;
        this.strategy = settings.restart();
        SlotLayout layout = SlotLayout.of(graph);
        for (List<Integer> vertexIds : PipelinedRegions.of(graph)) {
            regions.add(new Region(regions.size(), graph, vertexIds, layout));
        }
        this.slots = new JobSlots(layout.slots(), pool);
        this.enumerators = new Enumerators(graph);
        this.readers = new ReaderTraffic(enumerators, this::regionOf, epoch);
        this.deployment = new Deployment(graph, epoch, pool);
    }

    /** What the job will end as, once nothing of it runs any more. */
    private record Ending(Outcome outcome, FailureReport failure, Advice rootAdvice) {}

    // ---- the door: one method for each thing that happens to a job

    /** The job is new: from here on it will get a result. */
    public void onSubmitted(Turn turn) {
        turn.add(new Effect.Journal(new JournalEntry.JobAccepted(graph, submittedAtMs)));
        try {
            strategy = RestartStrategy.from(Config.of(graph.config()), settings.restart());
            become(JobState.WAITING_FOR_WORKERS);
        } catch (MillraceException e) {
            String summary = e.getMessage().substring(e.code().name().length() + 2);
            end(Outcome.FAILED, new FailureReport(e.code(), summary, "", null), Advice.FAIL, turn);
        }
    }

    /** An earlier leader had begun to commit: go on with that, and with nothing else. */
    public void onTakenOver(JournalEntry.CommitStarted started, Turn turn) {
        become(JobState.COMMITTING);
        committing = new Committing(started, settings);
        turn.addAll(committing.start(graph));
    }

    /** Deploys the regions that wait, if there are slots for all of them. */
    public void deployIfPossible(Turn turn) {
        if (!state.wantsTasks()) {
            return;
        }
        List<Region> ready =
                regions.stream().filter(r -> r.phase() == Region.Phase.WAITING).toList();
        if (ready.isEmpty() && state != JobState.WAITING_FOR_WORKERS) {
            return;
        }
        if (!slots.fill(ready)) {
            startWaiting(turn);
            return;
        }
        stopWaiting(turn);
        ready.forEach(region -> region.deploy(slots.workers(), pool));
        turn.addAll(deployment.of(ready));
        for (Region region : ready) {
            turn.addAll(enumerators.start(region.vertexIds()));
        }
        if (state != JobState.RUNNING && regions.stream().allMatch(JobMaster::isOnItsWay)) {
            become(JobState.RUNNING);
        }
        changed();
        commitIfFinished(turn);
    }

    public void onTaskChanged(String workerId, ToCoordinator.TaskChanged change, Turn turn) {
        Region region = regionOf(change.attempt().vertexId());
        SubtaskRun run = region == null ? null : region.current(change.attempt());
        if (run == null || !workerId.equals(run.workerId()) || !run.mayBecome(change.state())) {
            return;
        }
        changed();
        run.count(change.progress());
        region.move(run, change.state());
        switch (change.state()) {
            case RUNNING -> turn.addAll(enumerators.readerRuns(run.id(), run.host()));
            case FINISHED -> {
                run.prepared(change.committables());
                onRunEnded(region, turn);
            }
            case FAILED -> onRunFailed(region, run, change.failure(), turn);
            case CANCELED -> {
                if (region.phase() == Region.Phase.RUNNING) {
                    onRunFailed(region, run, canceledUnasked(run), turn);
                } else {
                    onRunEnded(region, turn);
                }
            }
            case CREATED, DEPLOYING, CANCELING ->
                    throw new IllegalStateException(run.id() + " became " + change.state());
        }
    }

    /** A worker that any of the job's attempts may have run on has left the pool. */
    public void onWorkerLost(String workerId, FailureReport failure, Turn turn) {
        slots.lose(workerId);
        List<Region> broken =
                regions.stream()
                        .filter(region -> region.phase() != Region.Phase.FINISHED)
                        .filter(region -> region.isBrokenBy(workerId))
                        .toList();
        if (broken.isEmpty() || state.isTerminal() || state == JobState.COMMITTING) {
            return;
        }
        changed();
        failures.add(turn.nowMs(), failure, null, workerId);
        for (Region region : broken) {
            for (SubtaskRun run : region.liveOn(workerId)) {
                region.move(run, TaskState.FAILED);
            }
        }
        List<Region> running =
                broken.stream().filter(r -> r.phase() == Region.Phase.RUNNING).toList();
        if (!running.isEmpty()) {
            onRegionsFailed(running, failure, turn);
        }
        broken.forEach(region -> onRunEnded(region, turn));
    }

    public void onCancelRequested(String who, Turn turn) {
        if (state.wantsTasks()) {
            FailureReport cancelled =
                    new FailureReport(
                            ErrorCode.JOB_CANCELED,
                            "Job '" + graph.name() + "' was cancelled by " + who + ".",
                            "",
                            null);
            end(Outcome.CANCELED, cancelled, Advice.FAIL, turn);
        }
    }

    /** The workers that the job waits for will not come. */
    public void onWorkersRefused(FailureReport failure, Turn turn) {
        if (state.wantsTasks() && missingSlots() > 0) {
            failures.add(turn.nowMs(), failure, null, null);
            end(Outcome.FAILED, failure, failure.code().advice(), turn);
        }
    }

    public void onEnumeratorFailed(Event.EnumeratorFailed failed, Turn turn) {
        Region region = regionOf(failed.vertexId());
        if (region != null
                && region.phase() == Region.Phase.RUNNING
                && enumerators.isCurrent(failed.vertexId(), failed.generation())) {
            changed();
            String source = "enumerator of " + graph.vertex(failed.vertexId()).name();
            failures.add(turn.nowMs(), failed.failure(), source, null);
            onRegionsFailed(List.of(region), failed.failure(), turn);
        }
    }

    public void onProgress(String workerId, TaskProgress progress) {
        Region region = regionOf(progress.attempt().vertexId());
        SubtaskRun run = region == null ? null : region.current(progress.attempt());
        if (run != null && run.isLive() && workerId.equals(run.workerId())) {
            run.count(progress);
            changed();
        }
    }

    /** The committers are through, with this failure or, if it is null, with success. */
    public void onCommitEnded(FailureReport failure, Turn turn) {
        if (state != JobState.COMMITTING || !committing.isUnderWay()) {
            return;
        }
        changed();
        if (failure == null) {
            finish(Outcome.FINISHED, null, turn);
            return;
        }
        failures.add(turn.nowMs(), failure, "commit", null);
        CommitDecision decision = committing.failed(failure);
        if (decision instanceof CommitDecision.Retry retry) {
            turn.add(
                    new Effect.SetTimer(
                            timer(Purpose.COMMIT_RETRY, committing.tries()), retry.delayMs()));
        } else if (decision instanceof CommitDecision.Fail fail) {
            finish(Outcome.FAILED, fail.failure(), turn);
        }
    }

    public void onTimer(TimerId timer, Turn turn) {
        switch (timer.purpose()) {
            case RESTART_DELAY -> onRestartDelayOver(timer, turn);
            case CANCEL_DEADLINE -> onCancelDeadline(timer, turn);
            case WORKERS_WANTED -> onWaitedTooLong(timer, turn);
            case COMMIT_RETRY -> {
                if (state == JobState.COMMITTING
                        && !committing.isUnderWay()
                        && committing.tries() == timer.generation()) {
                    turn.addAll(committing.start(graph));
                }
            }
            case WORKER_HEARTBEAT, WORKERS_IDLE ->
                    throw new IllegalArgumentException(timer + " is not about a job");
        }
    }

    // ---- failing, restarting, ending

    private void onRunFailed(Region region, SubtaskRun run, FailureReport failure, Turn turn) {
        failures.add(turn.nowMs(), failure, run.id().toString(), run.workerId());
        if (region.phase() == Region.Phase.RUNNING) {
            onRegionsFailed(List.of(region), failure, turn);
        } else if (failure.code().advice() == Advice.FAIL) {
            onRootCauseFound(failure, turn);
        }
        onRunEnded(region, turn);
    }

    /** One failure of regions that ran; others that the same event broke share its restart. */
    private void onRegionsFailed(List<Region> broken, FailureReport failure, Turn turn) {
        FailoverDecision decision =
                FailoverDecision.of(failure, graph.bounded(), strategy, restarts, turn.nowMs());
        if (decision instanceof FailoverDecision.Fail fail) {
            end(Outcome.FAILED, fail.failure(), failure.code().advice(), turn);
        } else if (decision instanceof FailoverDecision.Restart restart) {
            restarts = restarts.plus(turn.nowMs());
            if (state == JobState.RUNNING) {
                become(JobState.RESTARTING);
            }
            for (Region region : broken) {
                clear(region, true, turn);
                turn.add(
                        new Effect.SetTimer(
                                timer(Purpose.RESTART_DELAY, region), restart.delayMs()));
            }
        }
    }

    /**
     * While a region is cleared, one of its tasks reports that the program itself is at fault: what
     * had been seen first was a consequence of it, such as a broken exchange.
     */
    private void onRootCauseFound(FailureReport failure, Turn turn) {
        if (state.wantsTasks()) {
            end(Outcome.FAILED, failure, Advice.FAIL, turn);
        } else if (ending != null
                && ending.outcome() == Outcome.FAILED
                && ending.rootAdvice() != Advice.FAIL) {
            ending = new Ending(Outcome.FAILED, failure, Advice.FAIL);
        }
    }

    private void clear(Region region, boolean restartLater, Turn turn) {
        turn.addAll(enumerators.stop(region.vertexIds()));
        List<SubtaskRun> cancelled = region.clear(restartLater);
        turn.addAll(deployment.cancel(cancelled));
        if (!cancelled.isEmpty()) {
            turn.add(
                    new Effect.SetTimer(
                            timer(Purpose.CANCEL_DEADLINE, region), settings.cancelTimeoutMs()));
        }
    }

    /** An attempt of the region has ended, in whatever way: is the region through? */
    private void onRunEnded(Region region, Turn turn) {
        if (state.isTerminal() || state == JobState.COMMITTING) {
            return;
        }
        if (region.phase() == Region.Phase.FINISHED) {
            turn.addAll(enumerators.stop(region.vertexIds()));
            commitIfFinished(turn);
        } else if (region.phase() == Region.Phase.CLEARING && region.live() == 0) {
            turn.add(new Effect.CancelTimer(timer(Purpose.CANCEL_DEADLINE, region)));
            if (state == JobState.CANCELLING) {
                finishIfCleared(turn);
            } else {
                region.waitForSlotsIfCleared();
            }
        }
    }

    private void end(Outcome outcome, FailureReport failure, Advice rootAdvice, Turn turn) {
        become(JobState.CANCELLING);
        changed();
        ending = new Ending(outcome, failure, rootAdvice);
        stopWaiting(turn);
        for (Region region : regions) {
            if (region.phase() == Region.Phase.CLEARING) {
                turn.add(new Effect.CancelTimer(timer(Purpose.RESTART_DELAY, region)));
            } else if (region.phase() != Region.Phase.FINISHED) {
                clear(region, false, turn);
            }
        }
        finishIfCleared(turn);
    }

    private void finishIfCleared(Turn turn) {
        if (state == JobState.CANCELLING && regions.stream().allMatch(r -> r.live() == 0)) {
            finish(ending.outcome(), ending.failure(), turn);
        }
    }

    private void commitIfFinished(Turn turn) {
        if (state != JobState.RUNNING
                || !regions.stream().allMatch(r -> r.phase() == Region.Phase.FINISHED)) {
            return;
        }
        become(JobState.COMMITTING);
        committing = new Committing(started(), settings);
        turn.add(new Effect.Journal(committing.entry()));
        turn.addAll(committing.start(graph));
        slots.vacate(turn.nowMs());
    }

    private void finish(Outcome outcome, FailureReport failure, Turn turn) {
        var counted = committing == null ? started() : committing.entry();
        endedAtMs = turn.nowMs();
        result =
                new JobResult(
                        graph.jobId(),
                        graph.name(),
                        outcome,
                        failure,
                        endedAtMs,
                        Math.max(0, endedAtMs - submittedAtMs),
                        counted.recordsIn(),
                        counted.recordsOut());
        turn.add(new Effect.Journal(new JournalEntry.JobEnded(result)));
        turn.addAll(deployment.release());
        slots.vacate(turn.nowMs());
        turn.add(new Effect.JobEnded(result));
        become(
                switch (outcome) {
                    case FINISHED -> JobState.FINISHED;
                    case FAILED -> JobState.FAILED;
                    case CANCELED -> JobState.CANCELED;
                });
        changed();
    }

    /** What the finished attempts have prepared and counted. */
    private JournalEntry.CommitStarted started() {
        return new JournalEntry.CommitStarted(
                graph.jobId(),
                regions.stream()
                        .flatMap(region -> region.runs().stream())
                        .flatMap(run -> run.committables().stream())
                        .toList(),
                JobPage.recordsIn(graph, this::runsOf),
                JobPage.recordsOut(graph, this::runsOf));
    }

    // ---- timers

    private void onRestartDelayOver(TimerId timer, Turn turn) {
        Region region = regionOf(timer);
        if (state.wantsTasks() && timer.generation() == region.attempt()) {
            changed();
            region.delayIsOver();
            region.waitForSlotsIfCleared();
        }
    }

    private void onCancelDeadline(TimerId timer, Turn turn) {
        Region region = regionOf(timer);
        if (region.phase() == Region.Phase.CLEARING && timer.generation() == region.attempt()) {
            for (SubtaskRun run : region.runs()) {
                if (run.isLive()) {
                    turn.giveUp(
                            run.workerId(),
                            "task "
                                    + run.id()
                                    + " of job '"
                                    + graph.name()
                                    + "' had not ended "
                                    + settings.cancelTimeoutMs()
                                    + " ms after it was cancelled (task.cancel-timeout)");
                }
            }
        }
    }

    private void onWaitedTooLong(TimerId timer, Turn turn) {
        if (waiting && timer.generation() == waits) {
            FailureReport failure =
                    new FailureReport(
                            ErrorCode.RESOURCES_NOT_GRANTED,
                            "Job '"
                                    + graph.name()
                                    + "' lacks "
                                    + missingSlots()
                                    + " of "
                                    + slots.count()
                                    + " slots after "
                                    + settings.workerWaitMs()
                                    + " ms (resource.wait-timeout): "
                                    + pool.size()
                                    + " workers with "
                                    + pool.slots()
                                    + " slots have registered, "
                                    + pool.freeSlots()
                                    + " of them free. Check the queue's free capacity, or run with"
                                    + " lower parallelism.",
                            "",
                            null);
            failures.add(turn.nowMs(), failure, null, null);
            end(Outcome.FAILED, failure, failure.code().advice(), turn);
        }
    }

    private void startWaiting(Turn turn) {
        if (!waiting) {
            waiting = true;
            waits++;
            turn.add(
                    new Effect.SetTimer(
                            timer(Purpose.WORKERS_WANTED, waits), settings.workerWaitMs()));
        }
    }

    private void stopWaiting(Turn turn) {
        if (waiting) {
            waiting = false;
            turn.add(new Effect.CancelTimer(timer(Purpose.WORKERS_WANTED, waits)));
        }
    }

    private TimerId timer(Purpose purpose, int generation) {
        return new TimerId(purpose, graph.jobId().hex(), generation);
    }

    private TimerId timer(Purpose purpose, Region region) {
        return new TimerId(purpose, graph.jobId().hex() + "/" + region.index(), region.attempt());
    }

    private Region regionOf(TimerId timer) {
        String subject = timer.subject();
        return regions.get(Integer.parseInt(subject.substring(subject.indexOf('/') + 1)));
    }

    // ---- what the job looks like

    public JobId id() {
        return graph.jobId();
    }

    public JobState state() {
        return state;
    }

    /** Slots that the job needs beyond those it has. */
    public int missingSlots() {
        if (!state.wantsTasks()) {
            return 0;
        }
        return slots.missing(
                regions.stream().filter(r -> r.phase() != Region.Phase.FINISHED).toList());
    }

    /** Null until the job has ended. */
    public JobResult result() {
        return result;
    }

    /** What carries splits and events between this job's readers and enumerators. */
    public ReaderTraffic readers() {
        return readers;
    }

    /** The job for people; made anew only if something has changed. */
    public JobView view() {
        if (page == null) {
            FailureReport failure = null;
            if (result != null) {
                failure = result.failure();
            } else if (ending != null) {
                failure = ending.failure();
            }
            page =
                    JobPage.of(
                            graph,
                            this::runsOf,
                            new JobPage.Facts(
                                    state,
                                    submittedAtMs,
                                    endedAtMs,
                                    restarts.count(),
                                    failure,
                                    failures.entries(),
                                    result));
        }
        return page;
    }

    private void become(JobState next) {
        state = state.become(next);
        changed();
    }

    private void changed() {
        page = null;
    }

    private static boolean isOnItsWay(Region region) {
        return region.phase() == Region.Phase.RUNNING || region.phase() == Region.Phase.FINISHED;
    }

    private List<SubtaskRun> runsOf(int vertexId) {
        return regionOf(vertexId).runsOf(vertexId);
    }

    /** The region of a vertex, or null if the job has no such vertex. */
    private Region regionOf(int vertexId) {
        for (Region region : regions) {
            if (region.runsOf(vertexId) != null) {
                return region;
            }
        }
        return null;
    }

    private FailureReport canceledUnasked(SubtaskRun run) {
        return new FailureReport(
                ErrorCode.INTERNAL,
                "Task "
                        + run.id()
                        + " on worker "
                        + run.workerId()
                        + " was cancelled, though nobody had asked for that. See the worker's log.",
                "",
                null);
    }
}
