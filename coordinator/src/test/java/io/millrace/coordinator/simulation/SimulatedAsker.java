package io.millrace.coordinator.simulation;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.runtime.plan.JobId;
import java.util.Arrays;
import java.util.List;

/**
 * Somebody who asks for operations: says the same again when no answer comes, asks for the outcome,
 * loses answers, and is sometimes gone before there is one.
 */
final class SimulatedAsker {
    private static final String TARGET = "/savepoints";
    private static final List<OperationKind> WITH_SAVEPOINT =
            Arrays.stream(OperationKind.values()).filter(kind -> !kind.rescales()).toList();

    /** So often a job is looked at until it runs, or has moved. */
    private static final int PATIENCE = 100;

    private static final List<Fault.Kind> TRIAL_BREAKERS =
            List.of(
                    Fault.Kind.WORKER_CRASH,
                    Fault.Kind.TASK_BREAKS,
                    Fault.Kind.USER_CODE_THROWS,
                    Fault.Kind.WORKERS_REFUSED,
                    Fault.Kind.COORDINATOR_CRASH,
                    Fault.Kind.CRASH_BETWEEN_EFFECTS,
                    Fault.Kind.CANCEL);

    private final Simulation world;
    private final Dice dice;
    private final Dice scales;
    private final Dice savedScales;
    private int looks;

    SimulatedAsker(Simulation world, long seed) {
        this.world = world;
        this.dice = new Dice(seed, "asker");
        this.scales = new Dice(seed, "scales");
        this.savedScales = new Dice(seed, "saved scales");
    }

    void begin() {
        // Jobs of stages refuse; those that only stream are not simulated with barriers.
        List<SimulatedJob> jobs =
                world.jobs().stream()
                        .filter(
                                job ->
                                        job.takesCheckpoints()
                                                || job.graph().mode() == ExecutionMode.BATCH)
                        .toList();
        if (jobs.isEmpty()) {
            return;
        }
        int count = dice.between(1, 5);
        for (int i = 1; i <= count; i++) {
            Operation asked =
                    new Operation(
                            "op-" + i,
                            jobOf(dice.oneOf(jobs)),
                            dice.oneOf(WITH_SAVEPOINT),
                            TARGET,
                            SavepointFormatType.NATIVE,
                            "somebody");
            world.agenda().at(dice.between(500, 25_000), () -> ask(asked));
        }
        rescale(jobs);
    }

    /**
     * Rarely to more than there can be key groups, or than there will be slots; of jobs that run,
     * mostly, since the others refuse.
     */
    private void rescale(List<SimulatedJob> jobs) {
        int count = scales.percent(60) ? scales.between(1, 4) : 0;
        List<SimulatedJob> saved = jobs.stream().filter(SimulatedJob::takesCheckpoints).toList();
        for (int i = 1; i <= count; i++) {
            int parallelism =
                    scales.percent(5) ? StreamTask.MAX_PARALLELISM + 1 : scales.between(1, 5);
            boolean careful = !saved.isEmpty() && scales.percent(85);
            JobId job = scales.oneOf(careful ? saved : jobs).graph().jobId();
            Operation asked =
                    savedScales.percent(50)
                            ? Operation.rescaleWithSavepoint(
                                    "scale-" + i,
                                    job,
                                    parallelism,
                                    TARGET,
                                    SavepointFormatType.NATIVE,
                                    "somebody")
                            : Operation.rescale("scale-" + i, job, parallelism, "somebody");
            int pauseMs = scales.between(50, 1_500);
            world.agenda()
                    .at(
                            scales.between(500, careful ? 4_000 : 25_000),
                            () -> {
                                if (careful) {
                                    askOnceItRuns(asked, pauseMs, PATIENCE);
                                } else {
                                    ask(asked);
                                }
                            });
        }
    }

    /** In the end in any state. */
    private void askOnceItRuns(Operation asked, int pauseMs, int times) {
        boolean runs =
                world.leader() != null
                        && world.leader()
                                .view()
                                .job(asked.jobId())
                                .filter(job -> job.state() == JobState.RUNNING)
                                .isPresent();
        if (runs || times == 0) {
            world.agenda()
                    .after(
                            pauseMs,
                            () -> {
                                ask(asked);
                                breakTheTrial(asked, PATIENCE);
                            });
        } else {
            world.agenda().after(200, () -> askOnceItRuns(asked, pauseMs, times - 1));
        }
    }

    /** Something that may happen in this run happens between the decision and the first run. */
    private void breakTheTrial(Operation asked, int times) {
        if (world.journal().operationEnded(asked.id()) != null || times == 0) {
            return;
        }
        if (world.journal().rescaledBy(asked.id()).size() != 1) {
            world.agenda().after(50, () -> breakTheTrial(asked, times - 1));
            return;
        }
        List<Fault.Kind> possible = TRIAL_BREAKERS.stream().filter(world::has).toList();
        if (!possible.isEmpty() && scales.percent(85)) {
            Fault fault =
                    new Fault(
                            world.agenda().nowMs(),
                            scales.oneOf(possible),
                            scales.between(0, 100),
                            scales.between(100, 3_000));
            world.agenda().after(scales.between(1, 1_500), () -> new FaultHand(world).apply(fault));
        }
    }

    private JobId jobOf(SimulatedJob job) {
        return dice.percent(3)
                ? new JobId("ffffffffffffffffffffffffffffffff")
                : job.graph().jobId();
    }

    private void ask(Operation asked) {
        if (world.leader() != null && dice.percent(80)) {
            world.leader().deliver(new Event.OperationRequested(asked));
        }
        world.agenda().after(dice.between(50, 3_000), () -> look(asked));
    }

    private void look(Operation asked) {
        OperationView known =
                world.leader() == null
                        ? null
                        : world.leader().view().operation(asked.id()).orElse(null);
        if (known != null) {
            world.operationOracle().onView(known);
            looks += known.state().isOver() ? 1 : 0;
        }
        boolean heard = known != null && known.state().isOver() && dice.percent(70);
        if (!heard && dice.percent(95)) {
            ask(asked); // the same id again: nothing new happens
        } else if (heard && looks < 1_000) {
            world.agenda().after(dice.between(1_000, 20_000), () -> lookAgain(asked));
        }
    }

    /** The outcome is the same for ever. */
    private void lookAgain(Operation asked) {
        if (world.leader() != null) {
            world.leader()
                    .view()
                    .operation(asked.id())
                    .ifPresentOrElse(
                            world.operationOracle()::onView,
                            () -> world.operationOracle().onForgotten(asked.id()));
        }
    }
}
