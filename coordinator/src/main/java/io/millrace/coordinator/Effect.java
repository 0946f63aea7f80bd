package io.millrace.coordinator;

import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.List;

/**
 * What the coordinator wants done. A closed family of values; the host carries them out in their
 * order, and a {@link Journal} entry is durable before anything behind it happens.
 */
public sealed interface Effect {
    Kind kind();

    /** The effects. */
    enum Kind {
        SEND,
        WANT_WORKERS,
        RELEASE_WORKER,
        SET_TIMER,
        CANCEL_TIMER,
        JOURNAL,
        START_ENUMERATOR,
        READER_REGISTERED,
        SPLIT_REQUEST,
        READER_EVENT,
        STOP_ENUMERATORS,
        COMMIT,
        JOB_ENDED
    }

    /** A message to a registered worker. A lost connection shows as {@link Event.WorkerGone}. */
    record Send(String workerId, ToWorker message) implements Effect {
        @Override
        public Kind kind() {
            return Kind.SEND;
        }
    }

    /** The number of workers that should exist, those that do included. */
    record WantWorkers(int count) implements Effect {
        @Override
        public Kind kind() {
            return Kind.WANT_WORKERS;
        }
    }

    /** This worker is not needed, or not trusted, any more. */
    record ReleaseWorker(String workerId, String reason) implements Effect {
        @Override
        public Kind kind() {
            return Kind.RELEASE_WORKER;
        }
    }

    /** Fires once, unless replaced or cancelled before. */
    record SetTimer(TimerId timer, long delayMs) implements Effect {
        @Override
        public Kind kind() {
            return Kind.SET_TIMER;
        }
    }

    /** An unknown timer is no error. */
    record CancelTimer(TimerId timer) implements Effect {
        @Override
        public Kind kind() {
            return Kind.CANCEL_TIMER;
        }
    }

    /** Durable before what follows it. */
    record Journal(JournalEntry entry) implements Effect {
        @Override
        public Kind kind() {
            return Kind.JOURNAL;
        }
    }

    /** Makes a source's enumerator and starts it, on a thread of its own. */
    record StartEnumerator(JobGraph graph, int vertexId, int operatorIndex, int generation)
            implements Effect {
        @Override
        public Kind kind() {
            return Kind.START_ENUMERATOR;
        }
    }

    /**
     * A source subtask is {@code RUNNING}: its reader can be given splits. Once for each attempt of
     * the enumerator's generation, before the first {@link SplitRequest} of that subtask.
     */
    record ReaderRegistered(
            JobId jobId, int vertexId, int operatorIndex, int generation, int subtask, String host)
            implements Effect {
        @Override
        public Kind kind() {
            return Kind.READER_REGISTERED;
        }
    }

    /** A reader asked for a split. */
    record SplitRequest(
            JobId jobId, int vertexId, int operatorIndex, int generation, int subtask, String host)
            implements Effect {
        @Override
        public Kind kind() {
            return Kind.SPLIT_REQUEST;
        }
    }

    /** A reader's own event for its enumerator. */
    record ReaderEvent(
            JobId jobId, int vertexId, int operatorIndex, int generation, int subtask, byte[] event)
            implements Effect {
        @Override
        public Kind kind() {
            return Kind.READER_EVENT;
        }
    }

    /**
     * Closes the enumerators of a job that have this generation, and no others: each region of a
     * job has generations of its own. Late answers of the closed ones are ignored.
     */
    record StopEnumerators(JobId jobId, int generation) implements Effect {
        @Override
        public Kind kind() {
            return Kind.STOP_ENUMERATORS;
        }
    }

    /**
     * Makes the output visible. May be asked for again after a fault: committing is idempotent.
     * Ends in {@link Event.CommitEnded}.
     */
    record Commit(JobGraph graph, List<OperatorCommittables> committables) implements Effect {
        @Override
        public Kind kind() {
            return Kind.COMMIT;
        }
    }

    /** The last effect of a job. */
    record JobEnded(JobResult result) implements Effect {
        @Override
        public Kind kind() {
            return Kind.JOB_ENDED;
        }
    }
}
