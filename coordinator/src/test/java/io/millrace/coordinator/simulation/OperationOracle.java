package io.millrace.coordinator.simulation;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must hold of operations: each ends once, the same is told of it for ever, a savepoint that
 * is told to be there is whole and consistent, and a job that ended with one has committed exactly
 * what came before its cut.
 */
final class OperationOracle {
    private final Simulation world;
    private final TreeMap<String, String> outcomes = new TreeMap<>();
    private final TreeMap<String, TreeMap<Integer, List<Integer>>> before = new TreeMap<>();
    private final EnumMap<OperationKind, Integer> completed = new EnumMap<>(OperationKind.class);
    private int failed;
    private final EnumSet<OperationSighting> seen = EnumSet.noneOf(OperationSighting.class);

    OperationOracle(Simulation world) {
        this.world = world;
    }

    /** A savepoint has become whole: I1. */
    void onSavepoint(JobId job, String path) {
        Manifest manifest = world.savepoints().at(path);
        SimulatedJob of = world.job(job);
        if (!of.takesCheckpoints()) {
            throw new InvariantBroken("batch jobs have no savepoints", path);
        }
        if (!manifest.standsAlone()) {
            throw new InvariantBroken("savepoints stand alone", path);
        }
        before.put(path, world.checkpointOracle().checkSavepoint(of, path, manifest));
    }

    /** Somebody has seen it; what is over is over. */
    void onView(OperationView view) {
        if (view.state().isOver()) {
            remember(view.operation().id(), textOf(view));
            if (view.operation().kind().rescales() && view.failure() == null) {
                checkWidths(view.operation());
            }
            if (world.journal().operationEnded(view.operation().id()) == null) {
                throw new InvariantBroken(
                        "an outcome is journalled before it is told", view.toString());
            }
        } else if (outcomes.containsKey(view.operation().id())) {
            throw new InvariantBroken("an operation ends once", view.toString());
        }
    }

    /** While nobody has asked for another parallelism since, all vertices have this one. */
    private void checkWidths(Operation asked) {
        List<JournalEntry.JobRescaled> steps = world.journal().rescaledBy(asked.id());
        if (world.leader() == null
                || steps.isEmpty()
                || world.journal().lastRescale(asked.jobId()) != steps.get(steps.size() - 1)) {
            return;
        }
        world.leader()
                .view()
                .job(asked.jobId())
                .filter(job -> !job.state().isTerminal())
                .ifPresent(
                        job ->
                                job.vertices()
                                        .forEach(
                                                vertex -> {
                                                    if (vertex.parallelism()
                                                            != asked.parallelism()) {
                                                        throw new InvariantBroken(
                                                                "a rescale that is told holds",
                                                                asked + " and " + vertex);
                                                    }
                                                }));
    }

    void onForgotten(String id) {
        throw new InvariantBroken("an outcome is told for ever", id + " is not known any more");
    }

    private void remember(String id, String outcome) {
        String known = outcomes.putIfAbsent(id, outcome);
        if (known != null && !known.equals(outcome)) {
            throw new InvariantBroken(
                    "an outcome is the same for ever", id + " was " + known + ", is " + outcome);
        }
    }

    private static String textOf(OperationView view) {
        return view.state()
                + " "
                + view.path()
                + " "
                + (view.failure() == null ? "" : view.failure().code());
    }

    /** Whether every operation that the journal has is over. */
    boolean areAllOver() {
        return world.journal().operations().stream()
                .allMatch(asked -> world.journal().operationEnded(asked.id()) != null);
    }

    void checkAll(boolean leadersDied) {
        TreeSet<String> needed = new TreeSet<>();
        for (Operation asked : world.journal().operations()) {
            JournalEntry.OperationEnded ended = world.journal().operationEnded(asked.id());
            String path = world.journal().placeOf(asked.id());
            if (asked.kind().rescales()) {
                checkRescale(asked, ended);
                checkItsSavepoint(asked, ended, leadersDied);
                sightRescale(asked, ended);
            } else if (ended.failure() == null) {
                completed.merge(asked.kind(), 1, Integer::sum);
                needed.add(path);
                checkCompleted(asked, path);
                sightSavepoint(asked);
            } else {
                failed++;
                boolean whole = path != null && world.savepoints().at(path) != null;
                boolean kept = ended.failure().summary().contains("is whole and holds");
                if (whole && !kept && !leadersDied) {
                    throw new InvariantBroken(
                            "a savepoint that has failed is not there",
                            asked.id() + " " + path + " " + ended.failure().headline());
                }
            }
        }
    }

    /** By another leader than the one that had written of it before. */
    private boolean endedByAnother(Operation asked, Class<? extends JournalEntry> before) {
        long first = world.journal().epochOf(before, asked.id());
        return first > 0
                && first != world.journal().epochOf(JournalEntry.OperationEnded.class, asked.id());
    }

    private void sightRescale(Operation asked, JournalEntry.OperationEnded ended) {
        int steps = world.journal().rescaledBy(asked.id()).size();
        String why = ended.failure() == null ? "" : ended.failure().summary();
        boolean placed = world.journal().placeOf(asked.id()) != null;
        see(steps == 1 && why.isEmpty(), OperationSighting.RESCALE_HELD);
        see(
                steps == 1
                        && why.isEmpty()
                        && endedByAnother(asked, JournalEntry.JobRescaled.class),
                OperationSighting.RESCALE_HELD_UNDER_THE_NEXT_LEADER);
        see(steps == 0 && why.contains("slots"), OperationSighting.RESCALE_LACKED_SLOTS);
        see(
                why.contains("was not rescaled and goes on as it was"),
                OperationSighting.RESCALE_LACKED_ITS_CHECKPOINT);
        see(
                steps == 0 && why.contains("at the parallelism that it had. Ask again"),
                OperationSighting.RESCALE_WAS_FORGOTTEN);
        see(steps == 2, OperationSighting.RESCALE_WENT_BACK);
        see(
                steps == 2 && world.journal().firstMoveOfAnother(asked.id()),
                OperationSighting.RESCALE_WENT_BACK_UNDER_THE_NEXT_LEADER);
        see(
                steps == 1 && why.contains("ended before"),
                OperationSighting.RESCALE_ENDED_WITH_ITS_JOB);
        see(why.contains("is being rescaled already"), OperationSighting.RESCALE_MET_ANOTHER_ONE);
        see(
                why.contains("the savepoint was not written"),
                OperationSighting.SAVEPOINT_BEFORE_A_RESCALE_FAILED);
        see(why.contains("is whole and stays"), OperationSighting.SAVEPOINT_OUTLIVED_A_RESCALE);
        see(
                placed
                        && steps == 0
                        && why.contains("is whole and stays")
                        && endedByAnother(asked, JournalEntry.OperationPlaced.class),
                OperationSighting.SAVEPOINT_BEFORE_A_RESCALE_FOUND_BY_THE_NEXT_LEADER);
    }

    private void sightSavepoint(Operation asked) {
        boolean byAnother = endedByAnother(asked, JournalEntry.OperationPlaced.class);
        see(byAnother && !asked.kind().stops(), OperationSighting.SAVEPOINT_WAS_FOUND_WHOLE);
        see(byAnother && asked.kind().stops(), OperationSighting.STOP_WAS_TAKEN_OVER);
    }

    private void see(boolean is, OperationSighting what) {
        if (is) {
            seen.add(what);
        }
    }

    /** It is whole before the job moves, and stays then: its asker hears of it. */
    private void checkItsSavepoint(
            Operation asked, JournalEntry.OperationEnded ended, boolean leadersDied) {
        String path = world.journal().placeOf(asked.id());
        boolean whole = path != null && world.savepoints().at(path) != null;
        boolean told =
                ended.failure() == null
                        ? asked.kind() == OperationKind.RESCALE_WITH_SAVEPOINT
                        : ended.failure().summary().contains("is whole and stays");
        boolean moved = path != null && !world.journal().rescaledBy(asked.id()).isEmpty();
        if ((told || moved) && !whole) {
            throw new InvariantBroken(
                    "the savepoint of a rescale is there", asked + " " + path + " " + ended);
        }
        if (whole && !told && !leadersDied) {
            throw new InvariantBroken(
                    "a savepoint that has failed is not there", asked + " " + path + " " + ended);
        }
    }

    /** What is told of a change of the parallelism is what the journal's last step for it says. */
    private void checkRescale(Operation asked, JournalEntry.OperationEnded ended) {
        if (ended.failure() == null) {
            completed.merge(asked.kind(), 1, Integer::sum);
        } else {
            failed++;
        }
        List<JournalEntry.JobRescaled> steps = world.journal().rescaledBy(asked.id());
        boolean moved =
                !steps.isEmpty()
                        && steps.get(steps.size() - 1).parallelism() == asked.parallelism();
        boolean already = ended.note() != null && ended.note().contains("already");
        boolean endedBefore =
                ended.failure() != null && ended.failure().summary().contains("ended before");
        if (endedBefore) {
            return;
        }
        if (moved != (ended.failure() == null) && !already) {
            throw new InvariantBroken(
                    "a rescale that is told is journalled", asked + " " + steps + " " + ended);
        }
        if (steps.size() > 2) {
            throw new InvariantBroken("a rescale goes there, and back once", steps.toString());
        }
    }

    private void checkCompleted(Operation asked, String path) {
        if (world.savepoints().at(path) == null) {
            throw new InvariantBroken("a savepoint that is told is whole", asked.id() + " " + path);
        }
        JobResult result = world.journal().ended(asked.jobId()).result();
        if (asked.kind().stops() != asked.id().equals(stoppedBy(asked.jobId()))) {
            throw new InvariantBroken("a stop is journalled", asked.id());
        }
        if (asked.kind().stops() && result.outcome() != Outcome.FINISHED
                || asked.kind() == OperationKind.CANCEL_WITH_SAVEPOINT
                        && result.outcome() == Outcome.FINISHED) {
            throw new InvariantBroken(
                    "an operation does what it says", asked.kind() + " and " + result);
        }
    }

    private String stoppedBy(JobId job) {
        JournalEntry.CommitStarted started = world.journal().started(job);
        return started == null ? null : started.stoppedBy();
    }

    /**
     * What a job that ended with a savepoint has to have committed in each sink; null if it has not
     * ended so.
     */
    List<Integer> expectedOf(SimulatedJob job, JobVertex sink) {
        String stoppedBy = stoppedBy(job.graph().jobId());
        if (stoppedBy == null) {
            return null;
        }
        int vertex = sink.id();
        while (job.graph().vertex(vertex).operators().get(0).kind() != OperatorSpec.Kind.SOURCE) {
            vertex = sourceOf(job, vertex);
        }
        List<Integer> cut = before.get(world.journal().placeOf(stoppedBy)).get(vertex);
        // What the job had started behind is the output of another one.
        return job.expectedRecords().stream().filter(cut::contains).toList();
    }

    private static int sourceOf(SimulatedJob job, int vertexId) {
        return job.graph().inputsOf(vertexId).stream()
                .map(JobEdge::sourceVertex)
                .findFirst()
                .orElseThrow();
    }

    /** Whether a cancellation with a savepoint was asked for. */
    boolean mayBeCancelled(JobId job) {
        return world.journal().operations().stream()
                .anyMatch(
                        asked ->
                                asked.jobId().equals(job)
                                        && asked.kind() == OperationKind.CANCEL_WITH_SAVEPOINT);
    }

    /** How many of each kind were done, and how many failed. */
    Counts counts() {
        return new Counts(Map.copyOf(completed), failed, Set.copyOf(seen));
    }

    record Counts(Map<OperationKind, Integer> completed, int failed, Set<OperationSighting> seen) {
        static final Counts NONE = new Counts(Map.of(), 0, Set.of());
    }
}
