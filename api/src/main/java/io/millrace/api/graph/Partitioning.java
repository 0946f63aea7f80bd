package io.millrace.api.graph;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.Partitioner;
import java.io.Serializable;

/** How the records of an edge are spread over the subtasks of its target. A closed family. */
public sealed interface Partitioning extends Serializable {
    Kind kind();

    /** The ways to spread records. */
    enum Kind {
        /** Subtask n to subtask n; equal parallelism. The only kind that may be chained. */
        FORWARD,
        /** Round robin over all targets. */
        REBALANCE,
        /** Round robin over the targets in the own group of subtasks. */
        RESCALE,
        /** A random target for each record. */
        SHUFFLE,
        /** Every record to every target. */
        BROADCAST,
        /** All to subtask 0. */
        GLOBAL,
        /** By the key group of the record's key. */
        KEY_GROUP,
        /** By the user's partitioner. */
        CUSTOM
    }

    /** A kind that needs no function: all but {@code KEY_GROUP} and {@code CUSTOM}. */
    record Plain(Kind kind) implements Partitioning {
        public Plain {
            if (kind == Kind.KEY_GROUP || kind == Kind.CUSTOM) {
                throw new IllegalArgumentException(kind + " needs its key selector");
            }
        }
    }

    /** By key group: {@code murmur(key.hashCode()) % maxParallelism}. */
    record ByKey(KeySelector<?, ?> keySelector) implements Partitioning {
        @Override
        public Kind kind() {
            return Kind.KEY_GROUP;
        }
    }

    /** By the user's partitioner over the key of the record. */
    record Custom(Partitioner<?> partitioner, KeySelector<?, ?> keySelector)
            implements Partitioning {
        @Override
        public Kind kind() {
            return Kind.CUSTOM;
        }
    }
}
