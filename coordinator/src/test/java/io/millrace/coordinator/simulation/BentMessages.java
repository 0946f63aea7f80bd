package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.blocklist.BlockedNode;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** How each {@link Bug} bends the events and effects of a coordinator. */
final class BentMessages {
    private static final List<BlockedNode> ALL_NODES =
            IntStream.range(0, 4)
                    .mapToObj(number -> new BlockedNode("node-" + number, Long.MAX_VALUE, ""))
                    .toList();

    private final Bug bug;
    private final List<Event> rash = new ArrayList<>();
    private final TreeMap<String, AttemptId> newest = new TreeMap<>();
    private final TreeMap<String, String> workerOf = new TreeMap<>();
    private final TreeMap<String, Integer> generations = new TreeMap<>();
    private final TreeMap<String, List<OperatorCommittables>> prepared = new TreeMap<>();
    private final TreeMap<String, ResultInput> results = new TreeMap<>();
    private final TreeMap<String, StoredResult> latest = new TreeMap<>();
    private final TreeSet<String> toldToEnd = new TreeSet<>();
    private final TreeMap<String, List<OperatorCommittables>> ofLosers = new TreeMap<>();
    private int wanted;

    BentMessages(Bug bug) {
        this.bug = bug;
    }

    /** What the coordinator hears instead; null if nothing. */
    Event in(Event event) {
        return switch (event.kind()) {
            case WORKER_GONE -> bug == Bug.LOST_WORKERS_IGNORED ? null : event;
            case SPLITS_ASSIGNED -> {
                Event.SplitsAssigned s = (Event.SplitsAssigned) event;
                Integer now = generations.get(s.jobId() + "/" + s.vertexId());
                yield bug == Bug.OLD_ENUMERATORS_BELIEVED && now != null
                        ? new Event.SplitsAssigned(
                                s.jobId(),
                                s.vertexId(),
                                s.operatorIndex(),
                                now,
                                s.subtask(),
                                s.serializerVersion(),
                                s.splits(),
                                s.noMoreSplits())
                        : event;
            }
            case WORKER_SPOKE -> heard((Event.WorkerSpoke) event);
            default -> event;
        };
    }

    private Event heard(Event.WorkerSpoke spoke) {
        if (spoke.message() instanceof ToCoordinator.RegisterWorker r) {
            boolean admit = bug == Bug.LOST_WORKERS_ADMITTED;
            int slots = bug == Bug.SLOTS_COUNTED_TWICE ? 2 * r.slots() : r.slots();
            return new Event.WorkerSpoke(
                    spoke.workerId(),
                    new ToCoordinator.RegisterWorker(
                            r.address(),
                            slots,
                            r.memoryBytes(),
                            r.processId(),
                            admit ? 0 : r.epoch(),
                            r.results()));
        }
        if (spoke.message() instanceof ToCoordinator.TaskChanged change) {
            if (change.state() == TaskState.FINISHED) {
                String job = change.attempt().jobId().hex();
                prepared.computeIfAbsent(job, id -> new ArrayList<>())
                        .addAll(change.committables());
                change.results().forEach(result -> latest.put(producer(result.id()), result));
                if (toldToEnd.contains(change.attempt().toString())) {
                    ofLosers.computeIfAbsent(job, id -> new ArrayList<>())
                            .addAll(change.committables());
                }
            }
            return changed(spoke.workerId(), change);
        }
        return spoke;
    }

    private Event changed(String workerId, ToCoordinator.TaskChanged change) {
        String subtask = subtask(change.attempt());
        AttemptId attempt = change.attempt();
        FailureReport failure = change.failure();
        String from = workerId;
        if (bug == Bug.STALE_ATTEMPTS_BELIEVED && newest.containsKey(subtask)) {
            attempt = newest.get(subtask);
            from = workerOf.get(subtask);
        }
        if (bug == Bug.USER_ERRORS_RESTARTED
                && failure != null
                && failure.code() == ErrorCode.USER_CODE_FAILED) {
            failure = new FailureReport(ErrorCode.INTERNAL, failure.summary(), "", null);
        }
        return new Event.WorkerSpoke(
                from,
                new ToCoordinator.TaskChanged(
                        attempt,
                        change.state(),
                        failure,
                        change.committables(),
                        change.progress(),
                        change.results(),
                        change.lost()));
    }

    /** What the coordinator did not hear, but acts as if it had. */
    List<Event> takeRash() {
        List<Event> taken = List.copyOf(rash);
        rash.clear();
        return taken;
    }

    List<JournalEntry> journal(List<JournalEntry> entries) {
        return bug == Bug.COMMITTED_JOB_RUNS_AGAIN
                ? entries.stream()
                        .filter(entry -> entry.kind() != JournalEntry.Kind.COMMIT_STARTED)
                        .toList()
                : entries;
    }

    /** What is done instead. */
    List<Effect> out(List<Effect> effects) {
        List<Effect> bent = new ArrayList<>();
        for (Effect effect : effects) {
            note(effect);
            Effect instead = instead(effect);
            if (instead != null) {
                bent.add(instead);
            }
            if (bug == Bug.LOSERS_CANCELLED_TWICE
                    && effect instanceof Effect.Send send
                    && send.message() instanceof ToWorker.CancelTasks) {
                bent.add(effect);
            }
        }
        if (bug == Bug.COMMIT_BEFORE_JOURNAL || bug == Bug.RESULT_ANNOUNCED_FIRST) {
            bent.sort(
                    (a, b) ->
                            Boolean.compare(
                                    a.kind() == Effect.Kind.JOURNAL,
                                    b.kind() == Effect.Kind.JOURNAL));
        }
        return bent;
    }

    private void note(Effect effect) {
        if (effect instanceof Effect.StartEnumerator start) {
            generations.put(start.graph().jobId() + "/" + start.vertexId(), start.generation());
        } else if (effect instanceof Effect.Send send
                && send.message() instanceof ToWorker.DeployTasks deploy) {
            for (AttemptId attempt : deploy.tasks()) {
                newest.put(subtask(attempt), attempt);
                workerOf.put(subtask(attempt), send.workerId());
            }
        } else if (bug == Bug.OUTPUT_OF_LOSERS_COMMITTED
                && effect instanceof Effect.Send send
                && send.message() instanceof ToWorker.CancelTasks cancel) {
            cancel.tasks().forEach(attempt -> toldToEnd.add(attempt.toString()));
        } else if (bug == Bug.RESTARTED_BEFORE_CLEARED
                && effect instanceof Effect.Send send
                && send.message() instanceof ToWorker.CancelTasks cancel) {
            for (AttemptId attempt : cancel.tasks()) {
                rash.add(
                        new Event.WorkerSpoke(
                                send.workerId(),
                                new ToCoordinator.TaskChanged(
                                        attempt,
                                        TaskState.CANCELED,
                                        null,
                                        List.of(),
                                        new TaskProgress(
                                                attempt, TaskState.CANCELED, 0, 0, 0, 0, 0, 0))));
            }
        }
    }

    /** Null if nothing at all. */
    private Effect instead(Effect effect) {
        return switch (effect.kind()) {
            case JOURNAL -> {
                JournalEntry.Kind kind = ((Effect.Journal) effect).entry().kind();
                boolean dropped =
                        bug == Bug.COMMIT_NOT_JOURNALLED && kind == JournalEntry.Kind.COMMIT_STARTED
                                || bug == Bug.RESULT_NOT_JOURNALLED
                                        && kind == JournalEntry.Kind.JOB_ENDED;
                yield dropped ? null : bendCommittables((Effect.Journal) effect);
            }
            case COMMIT -> {
                Effect.Commit commit = (Effect.Commit) effect;
                yield new Effect.Commit(
                        commit.graph(), bend(commit.graph().jobId().hex(), commit.committables()));
            }
            case SET_TIMER -> {
                Purpose purpose = ((Effect.SetTimer) effect).timer().purpose();
                boolean dropped =
                        bug == Bug.RESTART_FORGOTTEN && purpose == Purpose.RESTART_DELAY
                                || bug == Bug.COMMIT_RETRY_FORGOTTEN
                                        && purpose == Purpose.COMMIT_RETRY
                                || bug == Bug.CANCEL_DEADLINE_FORGOTTEN
                                        && purpose == Purpose.CANCEL_DEADLINE
                                || bug == Bug.LOST_WORKERS_IGNORED
                                        && purpose == Purpose.WORKER_HEARTBEAT;
                yield dropped ? null : effect;
            }
            case WANT_WORKERS -> {
                wanted = Math.max(wanted, ((Effect.WantWorkers) effect).count());
                yield bug == Bug.WORKERS_WANTED_FOR_EVER ? new Effect.WantWorkers(wanted) : effect;
            }
            case SEND -> {
                Effect.Send send = (Effect.Send) effect;
                boolean again =
                        send.message() instanceof ToWorker.AssignSplits splits
                                && splits.attempt().attempt() > 0;
                if (bug == Bug.SPLITS_NOT_GIVEN_AGAIN && again) {
                    yield null;
                }
                yield send.message() instanceof ToWorker.DeployTasks deploy
                        ? new Effect.Send(send.workerId(), bend(deploy))
                        : effect;
            }
            case AVOID_NODES ->
                    bug == Bug.ALL_NODES_BLOCKED ? new Effect.AvoidNodes(ALL_NODES) : effect;
            default -> effect;
        };
    }

    private ToWorker.DeployTasks bend(ToWorker.DeployTasks deploy) {
        return switch (bug) {
            case RESULTS_OF_OLD_ATTEMPTS_READ -> withResults(deploy, this::asFirst);
            case RESULTS_OF_LOSERS_READ -> withResults(deploy, this::asLatest);
            case PARALLELISM_DECIDED_ANEW -> BentShares.in(deploy);
            default -> deploy;
        };
    }

    private static ToWorker.DeployTasks withResults(
            ToWorker.DeployTasks deploy, UnaryOperator<ResultInput> other) {
        return new ToWorker.DeployTasks(
                deploy.epoch(),
                deploy.graph(),
                deploy.workers(),
                deploy.placements(),
                deploy.tasks(),
                deploy.restores(),
                deploy.inputs().stream().map(other).toList());
    }

    /** The result that was the first of its producer and edge. */
    private ResultInput asFirst(ResultInput input) {
        ResultInput first = results.computeIfAbsent(producer(input.id()), key -> input);
        return new ResultInput(first.id(), first.worker(), input.slices());
    }

    /** The result of whoever finished last. */
    private ResultInput asLatest(ResultInput input) {
        StoredResult last = latest.get(producer(input.id()));
        return last == null ? input : new ResultInput(last.id(), last.worker(), input.slices());
    }

    private static String producer(ResultId id) {
        return id.jobId() + "/" + id.edgeId() + "/" + id.producerSubtask();
    }

    private Effect bendCommittables(Effect.Journal journal) {
        return journal.entry() instanceof JournalEntry.CommitStarted started
                ? new Effect.Journal(
                        new JournalEntry.CommitStarted(
                                started.jobId(),
                                bend(started.jobId().hex(), started.committables()),
                                started.recordsIn(),
                                started.recordsOut()))
                : journal;
    }

    private List<OperatorCommittables> bend(String job, List<OperatorCommittables> committables) {
        if (bug == Bug.COMMITTABLES_OF_OLD_ATTEMPTS_KEPT) {
            return List.copyOf(prepared.getOrDefault(job, committables));
        }
        if (bug == Bug.OUTPUT_OF_LOSERS_COMMITTED) {
            List<OperatorCommittables> all = new ArrayList<>(committables);
            all.addAll(ofLosers.getOrDefault(job, List.of()));
            return all;
        }
        if (bug == Bug.COMMITTABLES_OF_ONE_SUBTASK_FORGOTTEN && committables.size() > 1) {
            return committables.subList(1, committables.size());
        }
        return committables;
    }

    private static String subtask(AttemptId attempt) {
        return attempt.jobId() + "/" + attempt.vertexId() + "/" + attempt.subtask();
    }
}
