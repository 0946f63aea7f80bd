package io.millrace.worker;

import io.millrace.runtime.message.ToWorker;

/** What a worker's loop does next. A closed family of values. */
sealed interface WorkerStep {
    Kind kind();

    /** The steps. */
    enum Kind {
        NOTHING,
        OBEY,
        BEAT,
        ABANDON,
        REJOIN,
        END
    }

    /** There is nothing to do. */
    record Nothing() implements WorkerStep {
        @Override
        public Kind kind() {
            return Kind.NOTHING;
        }
    }

    /** A message for the task executor. */
    record Obey(ToWorker message) implements WorkerStep {
        @Override
        public Kind kind() {
            return Kind.OBEY;
        }
    }

    /** A heartbeat is due. */
    record Beat(long sequence) implements WorkerStep {
        @Override
        public Kind kind() {
            return Kind.BEAT;
        }
    }

    /** The coordinator is lost: its tasks end, its connection goes. */
    record Abandon(String reason) implements WorkerStep {
        @Override
        public Kind kind() {
            return Kind.ABANDON;
        }
    }

    /**
     * It is time to ask the next coordinator, if all tasks have ended.
     *
     * @param epoch the highest that was obeyed
     */
    record Rejoin(long epoch) implements WorkerStep {
        @Override
        public Kind kind() {
            return Kind.REJOIN;
        }
    }

    /** The worker ends. */
    record End(WorkerExit exit, String reason) implements WorkerStep {
        @Override
        public Kind kind() {
            return Kind.END;
        }
    }
}
