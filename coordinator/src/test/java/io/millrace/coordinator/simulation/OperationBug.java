package io.millrace.coordinator.simulation;

import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A mistake that somebody could make with operations, to see that the simulation would notice. */
enum OperationBug {
    NONE,
    /** The next leader does not know that it was asked for. */
    REQUEST_NOT_JOURNALLED,
    /** The next leader does not know how it ended. */
    OUTCOME_NOT_JOURNALLED,
    /** Somebody hears of it first. */
    OUTCOME_TOLD_FIRST,
    /** All tasks have answered, and nobody writes the manifest. */
    TOLD_BEFORE_IT_IS_STORED,
    /** What a savepoint in between holds is committed at once. */
    COMMITTED_FOR_A_SAVEPOINT,
    /** The job ends with its savepoint and leaves output behind. */
    STOPPED_WITHOUT_COMMIT,
    /** What failed is not removed. */
    FAILED_ONES_ARE_LEFT,
    /** The next leader says that a savepoint is whole without having looked. */
    FOUND_WITHOUT_LOOKING,
    /** The next leader comes up at the parallelism that the job had. */
    RESCALE_NOT_JOURNALLED,
    /** The next leader comes up at a parallelism at which the job did not come to run. */
    WAY_BACK_NOT_JOURNALLED,
    /** A rescale takes its savepoint for one of its own that has served its turn. */
    RESCALE_REMOVES_ITS_SAVEPOINT;

    Brain wrap(Brain real) {
        return this == NONE ? real : new Bent(real);
    }

    private final class Bent implements Brain {
        private final Brain real;
        private final TreeMap<String, JobGraph> graphs = new TreeMap<>();
        private final TreeMap<String, String> places = new TreeMap<>();
        private long nowMs;

        Bent(Brain real) {
            this.real = real;
        }

        @Override
        public List<Effect> on(Event event, long nowMs) {
            this.nowMs = nowMs;
            if (event instanceof Event.JobSubmitted submitted) {
                graphs.put(submitted.graph().jobId().hex(), submitted.graph());
            }
            return out(real.on(in(event), nowMs));
        }

        private Event in(Event event) {
            return OperationBug.this == FOUND_WITHOUT_LOOKING
                            && event instanceof Event.SavepointFound found
                    ? new Event.SavepointFound(found.jobId(), found.operationId(), true, null)
                    : event;
        }

        @Override
        public List<Effect> recover(List<JournalEntry> journal, long nowMs) {
            this.nowMs = nowMs;
            for (JournalEntry entry : journal) {
                if (entry instanceof JournalEntry.JobAccepted accepted) {
                    graphs.put(accepted.jobId().hex(), accepted.graph());
                }
            }
            return out(real.recover(journal, nowMs));
        }

        @Override
        public ClusterView view() {
            return real.view();
        }

        private List<Effect> out(List<Effect> effects) {
            List<Effect> bent = new ArrayList<>();
            for (Effect effect : effects) {
                bend(effect, bent);
            }
            return bent;
        }

        private void bend(Effect effect, List<Effect> bent) {
            JournalEntry entry = effect instanceof Effect.Journal journal ? journal.entry() : null;
            if (entry instanceof JournalEntry.OperationPlaced placed) {
                places.put(placed.id(), placed.path());
            }
            switch (OperationBug.this) {
                case REQUEST_NOT_JOURNALLED -> {
                    if (!(entry instanceof JournalEntry.OperationAccepted)) {
                        bent.add(effect);
                    }
                }
                case OUTCOME_NOT_JOURNALLED -> {
                    if (!(entry instanceof JournalEntry.OperationEnded)) {
                        bent.add(effect);
                    }
                }
                case OUTCOME_TOLD_FIRST -> {
                    int last = bent.size() - 1;
                    boolean told = effect.kind() == Effect.Kind.OPERATION_ENDED;
                    bent.add(told ? last : bent.size(), effect);
                }
                case TOLD_BEFORE_IT_IS_STORED -> {
                    if (effect instanceof Effect.StoreSavepoint store) {
                        bent.addAll(
                                real.on(
                                        new Event.SavepointStored(
                                                store.jobId(),
                                                store.manifest().checkpointId(),
                                                null),
                                        nowMs));
                    } else {
                        bent.add(effect);
                    }
                }
                case COMMITTED_FOR_A_SAVEPOINT -> {
                    bent.add(effect);
                    if (effect instanceof Effect.StoreSavepoint store) {
                        bent.add(commit(store.jobId(), store.manifest()));
                    }
                }
                case STOPPED_WITHOUT_COMMIT -> bent.add(withoutOutput(effect, entry));
                case FAILED_ONES_ARE_LEFT -> {
                    if (effect.kind() != Effect.Kind.DISCARD_SAVEPOINT) {
                        bent.add(effect);
                    }
                }
                case RESCALE_NOT_JOURNALLED -> {
                    if (!(entry instanceof JournalEntry.JobRescaled)) {
                        bent.add(effect);
                    }
                }
                case WAY_BACK_NOT_JOURNALLED -> {
                    if (!(entry instanceof JournalEntry.JobRescaled back)
                            || back.failure() == null) {
                        bent.add(effect);
                    }
                }
                case RESCALE_REMOVES_ITS_SAVEPOINT -> {
                    bent.add(effect);
                    if (entry instanceof JournalEntry.JobRescaled moved
                            && places.containsKey(moved.operationId())) {
                        bent.add(
                                new Effect.DiscardSavepoint(
                                        moved.jobId(), places.get(moved.operationId())));
                    }
                }
                case FOUND_WITHOUT_LOOKING, NONE -> bent.add(effect);
            }
        }

        private Effect commit(JobId job, Manifest manifest) {
            return new Effect.Commit(
                    graphs.get(job.hex()),
                    manifest.committables().stream().map(CommittableEntry::committables).toList());
        }

        private Effect withoutOutput(Effect effect, JournalEntry entry) {
            if (entry instanceof JournalEntry.CommitStarted started
                    && started.stoppedBy() != null) {
                return new Effect.Journal(
                        new JournalEntry.CommitStarted(
                                started.jobId(),
                                List.of(),
                                started.accumulators(),
                                started.recordsIn(),
                                started.recordsOut(),
                                started.stoppedBy()));
            }
            if (effect instanceof Effect.Commit commit
                    && real.view()
                            .job(commit.graph().jobId())
                            .filter(job -> job.state().name().equals("COMMITTING"))
                            .isPresent()) {
                return new Effect.Commit(commit.graph(), List.of());
            }
            return effect;
        }
    }
}
