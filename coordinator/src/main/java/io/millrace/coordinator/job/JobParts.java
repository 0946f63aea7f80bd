package io.millrace.coordinator.job;

import io.millrace.api.option.Config;
import io.millrace.coordinator.CoordinatorSettings;
import io.millrace.coordinator.checkpoint.CheckpointCoordinator;
import io.millrace.coordinator.checkpoint.CheckpointPolicy;
import io.millrace.coordinator.enumerate.Enumerators;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.coordinator.schedule.ScaledJob;
import io.millrace.coordinator.schedule.SlotLayout;
import io.millrace.runtime.plan.JobGraph;

/**
 * The parts of one job at one parallelism, in the order in which they need each other: each knows
 * some of those before it, and none of those behind it. Only {@link JobMaster} has all of them.
 * Confined to the coordinator's thread.
 */
final class JobParts {
    final FailureLog failures;
    final JobRestarts restarts;
    final JobStatus status = new JobStatus();
    final JobRegions regions;
    final JobHoldings holdings;
    final Enumerators enumerators;
    final StageMaster stages;
    final ReaderTraffic readers;
    final SecondAttempts seconds;
    final CheckpointCoordinator checkpoints;
    final RegionClearing clearing;
    final FinalCommit commit;
    final JobEnding ending;
    final RegionEnds ends;
    final RescaleMove rescale;
    final JobFailover failover;
    final JobLosses losses;
    final CheckpointNews news;
    final JobDeployer deployer;

    /**
     * @param submittedAtMs when the job was, under whichever leader
     */
    JobParts(ScaledJob scaled, JobSurroundings surroundings, long submittedAtMs, JobPast past) {
        this.failures = past.failures();
        this.restarts = past.restarts();
        JobGraph graph = scaled.graph();
        SlotLayout layout = SlotLayout.of(graph);
        CoordinatorSettings settings = surroundings.settings();
        long epoch = surroundings.epoch();
        WorkerPool pool = surroundings.pool();
        JobTimers timers = new JobTimers(graph.jobId());

        this.regions = new JobRegions(graph, layout, past.firstAttempt());
        JobSlots slots = new JobSlots(layout.slots(), pool);
        Deployment deployment = new Deployment(regions::graph, epoch, pool, past.told());
        this.holdings =
                new JobHoldings(
                        slots,
                        new WorkerWait(timers, settings.workerWaitMs(), past.waits()),
                        deployment,
                        new Rescaling(scaled, pool, surroundings.operations(), past.trial()));
        this.enumerators = new Enumerators(graph, past.firstGeneration());
        this.stages =
                new StageMaster(
                        graph,
                        regions,
                        enumerators,
                        slots,
                        deployment,
                        pool,
                        settings.stageRecovery().enabled());
        this.readers = new ReaderTraffic(enumerators, regions, epoch, stages.splits());
        this.seconds =
                new SecondAttempts(
                        regions, timers, pool, slots, readers, settings.cancelTimeoutMs());
        this.checkpoints =
                new CheckpointCoordinator(
                        graph,
                        CheckpointPolicy.of(graph),
                        epoch,
                        regions::tasks,
                        enumerators,
                        readers,
                        surroundings.operations(),
                        settings.commitRetryDelayMs(),
                        past.checkpoints());

        this.clearing =
                new RegionClearing(
                        status,
                        regions,
                        enumerators,
                        deployment,
                        timers,
                        settings.cancelTimeoutMs());
        this.commit =
                new FinalCommit(status, regions, checkpoints, clearing, slots, failures, settings);
        this.ending =
                new JobEnding(
                        status,
                        regions,
                        holdings,
                        checkpoints,
                        clearing,
                        commit,
                        surroundings.operations(),
                        submittedAtMs);
        this.ends = new RegionEnds(status, stages, seconds, clearing, commit, ending);
        this.rescale = new RescaleMove(status, regions, holdings, checkpoints, clearing, ends);
        this.failover =
                new JobFailover(status, regions, restarts, checkpoints, rescale, clearing, ending);
        JobCourse course = new JobCourse(commit, ends, failover);
        this.losses =
                new JobLosses(
                        status, regions, failures, stages, seconds, checkpoints, clearing, course);
        this.news =
                new CheckpointNews(status, regions, failures, checkpoints, rescale, ending, course);
        this.deployer =
                new JobDeployer(
                        status,
                        regions,
                        holdings,
                        stages,
                        checkpoints,
                        new Launch(
                                status,
                                regions,
                                slots,
                                deployment,
                                stages,
                                seconds,
                                readers,
                                checkpoints),
                        course);
    }

    /**
     * Reads what the job itself says about its course, before anything of it runs.
     *
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION}
     */
    void readOptions(JobGraph graph) {
        CheckpointPolicy.checked(graph);
        Config config = Config.of(graph.config());
        stages.adaptive().read(config);
        seconds.read(config, stages.exist());
        restarts.read(config, checkpoints.policy().isEnabled(), stages.exist());
    }
}
