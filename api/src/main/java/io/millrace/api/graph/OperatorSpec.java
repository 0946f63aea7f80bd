package io.millrace.api.graph;

import io.millrace.api.async.AsyncFunction;
import io.millrace.api.async.AsyncRetryStrategy;
import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.CoFlatMapFunction;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.MapPartitionFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.sink.Sink;
import io.millrace.api.source.Source;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.WindowAssigner;
import java.io.Serializable;
import java.util.List;

/**
 * What one operator does: the user's functions, and nothing of how they run. A closed family; the
 * runtime has one operator class for each kind. Travels by Java serialization, as user functions
 * do.
 */
public sealed interface OperatorSpec extends Serializable {
    Kind kind();

    /** The operator kinds. */
    enum Kind {
        SOURCE,
        MAP,
        FLAT_MAP,
        FILTER,
        PROCESS,
        KEYED_PROCESS,
        KEYED_REDUCE,
        COMBINE,
        CO_MAP,
        CO_FLAT_MAP,
        CO_PROCESS,
        KEYED_CO_PROCESS,
        BROADCAST_PROCESS,
        KEYED_BROADCAST_PROCESS,
        ASYNC,
        FULL_PARTITION,
        PARTITION_FOLD,
        GLOBAL_SORT,
        SORT_SAMPLE,
        SORT_RANGES,
        SORT_DEAL,
        BOUNDED_JOIN,
        WINDOW,
        SLICED_WINDOW,
        SESSION_WINDOW,
        END_WINDOW,
        INTERVAL_JOIN,
        TRANSFORM,
        CO_TRANSFORM,
        MULTI_TRANSFORM,
        TIMESTAMPS,
        SINK
    }

    /** Reads splits of a source and stamps records by the watermark strategy. */
    record SourceSpec(Source<?, ?, ?> source, WatermarkStrategy<?> watermarks)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.SOURCE;
        }
    }

    /** One record in, one out. */
    record MapSpec(MapFunction<?, ?> function) implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.MAP;
        }
    }

    /** One record in, any number out. */
    record FlatMapSpec(FlatMapFunction<?, ?> function) implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.FLAT_MAP;
        }
    }

    /** Lets the records pass that the function accepts. */
    record FilterSpec(FilterFunction<?> function) implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.FILTER;
        }
    }

    /** A process function without keys. */
    record ProcessSpec(ProcessFunction<?, ?> function) implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.PROCESS;
        }
    }

    /** A process function on a keyed stream. */
    record KeyedProcessSpec(KeySelector<?, ?> keySelector, KeyedProcessFunction<?, ?, ?> function)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.KEYED_PROCESS;
        }
    }

    /**
     * Folds the records of each key with an associative function. Streaming emits the fold after
     * each record, batch once a key at the end of the input.
     */
    record KeyedReduceSpec(KeySelector<?, ?> keySelector, ReduceFunction<?> function)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.KEYED_REDUCE;
        }
    }

    /**
     * Folds the records of each key as far as they meet in a small table, before they are exchanged
     * for a {@link KeyedReduceSpec}. Put in by the planner of batch jobs, never by a program.
     */
    record CombineSpec(KeySelector<?, ?> keySelector, ReduceFunction<?> function)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.COMBINE;
        }
    }

    /** One record out for each record of two inputs. */
    record CoMapSpec(CoMapFunction<?, ?, ?> function) implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.CO_MAP;
        }
    }

    /** Any number of records out for each record of two inputs. */
    record CoFlatMapSpec(CoFlatMapFunction<?, ?, ?> function) implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.CO_FLAT_MAP;
        }
    }

    /** A process function of two inputs without keys. */
    record CoProcessSpec(CoProcessFunction<?, ?, ?> function) implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.CO_PROCESS;
        }
    }

    /** A process function of two inputs that are keyed alike. */
    record KeyedCoProcessSpec(
            KeySelector<?, ?> firstKey,
            KeySelector<?, ?> secondKey,
            KeyedCoProcessFunction<?, ?, ?, ?> function)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.KEYED_CO_PROCESS;
        }
    }

    /** A process function whose second input is broadcast. */
    record BroadcastProcessSpec(
            BroadcastProcessFunction<?, ?, ?> function, List<MapStateDescriptor<?, ?>> states)
            implements OperatorSpec {
        public BroadcastProcessSpec {
            states = List.copyOf(states);
        }

        @Override
        public Kind kind() {
            return Kind.BROADCAST_PROCESS;
        }
    }

    /** A process function whose first input is keyed and whose second is broadcast. */
    record KeyedBroadcastProcessSpec(
            KeySelector<?, ?> keySelector,
            KeyedBroadcastProcessFunction<?, ?, ?, ?> function,
            List<MapStateDescriptor<?, ?>> states)
            implements OperatorSpec {
        public KeyedBroadcastProcessSpec {
            states = List.copyOf(states);
        }

        @Override
        public Kind kind() {
            return Kind.KEYED_BROADCAST_PROCESS;
        }
    }

    /**
     * A function whose results come later.
     *
     * @param capacity the most records that are asked for at a time, at least 1
     * @param timeoutMs from the first attempt to the result; 0 for no limit
     * @param retry null for one attempt
     */
    record AsyncSpec(
            AsyncFunction<?, ?> function,
            boolean ordered,
            int capacity,
            long timeoutMs,
            AsyncRetryStrategy<?> retry)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.ASYNC;
        }
    }

    /**
     * Processes the partitions of a bounded stream, each whole.
     *
     * @param keySelector null if the partitions are those of subtasks
     * @param sortKey null for the order in which records came
     * @param ascending of sort keys
     */
    record FullPartitionSpec(
            MapPartitionFunction<?, ?> function,
            KeySelector<?, ?> keySelector,
            KeySelector<?, ?> sortKey,
            boolean ascending)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.FULL_PARTITION;
        }
    }

    /**
     * Folds each of the partitions of a bounded stream into one result.
     *
     * @param contents one value: {@code Reduced} or {@code Aggregated}
     * @param keySelector null if the partitions are those of subtasks
     */
    record PartitionFoldSpec(WindowContents contents, KeySelector<?, ?> keySelector)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.PARTITION_FOLD;
        }
    }

    /**
     * Sorts a bounded stream over all subtasks: the records of one come before those of the next.
     * Three ids are free before its own: the planner needs them.
     *
     * @param keyType null if it is found from the keys
     */
    record GlobalSortSpec(
            KeySelector<?, ?> keySelector, TypeInformation<?> keyType, boolean ascending)
            implements OperatorSpec {
        /** Ids that are left free before the one of the sort. */
        public static final int FREE_IDS = 3;

        @Override
        public Kind kind() {
            return Kind.GLOBAL_SORT;
        }
    }

    /**
     * Draws keys at random from the records of a subtask, for a {@link GlobalSortSpec}. Put in by
     * the planner, never by a program.
     *
     * @param keys the most that are drawn
     */
    record SortSampleSpec(KeySelector<?, ?> keySelector, int keys) implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.SORT_SAMPLE;
        }
    }

    /**
     * Decides from all samples which keys each subtask of a {@link GlobalSortSpec} gets. Put in by
     * the planner, never by a program.
     *
     * @param keyType null if it is found from the keys
     * @param ranges how many at most, at least 2
     */
    record SortRangesSpec(TypeInformation<?> keyType, boolean ascending, int ranges)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.SORT_RANGES;
        }
    }

    /**
     * Deals records to the subtasks of a {@link GlobalSortSpec}: the first input has the records,
     * the second the keys at which ranges begin. Put in by the planner, never by a program.
     *
     * @param keyType null if it is found from the keys
     * @param ranges subtasks of the sort
     */
    record SortDealSpec(
            KeySelector<?, ?> keySelector,
            TypeInformation<?> keyType,
            boolean ascending,
            int ranges)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.SORT_DEAL;
        }
    }

    /**
     * Joins two bounded streams by their keys; null is equal to no key.
     *
     * @param function makes the results, of one null where a record has no partner; null if results
     *     are records of the first stream
     */
    record BoundedJoinSpec(
            KeySelector<?, ?> firstKey,
            KeySelector<?, ?> secondKey,
            BoundedJoinKind join,
            BoundedJoinWay way,
            FlatJoinFunction<?, ?, ?> function)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.BOUNDED_JOIN;
        }
    }

    /**
     * Groups the records of each key by windows.
     *
     * @param trigger the program's, or the assigner's own
     * @param evictor null if all records stay; else contents are {@code Collected}
     * @param contents what is kept of each window
     * @param function makes the results of what a window has: its records, or the one result of
     *     reduce or aggregate; null if that is the result
     * @param allowedLatenessMs how long a window is kept after its end, at least 0
     * @param lateOutput where records go that are late for all their windows; null if they are
     *     dropped and counted
     */
    record WindowSpec(
            KeySelector<?, ?> keySelector,
            WindowAssigner<?, ?> assigner,
            Trigger<?, ?> trigger,
            Evictor<?, ?> evictor,
            WindowContents contents,
            ProcessWindowFunction<?, ?, ?, ?> function,
            long allowedLatenessMs,
            OutputTag<?> lateOutput)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return WindowKind.of(this);
        }
    }

    /**
     * Joins the records of two streams that are keyed alike and near in event time: a right one
     * whose time is from the left one's plus the lower bound to the left one's plus the upper
     * bound. Both bounds are in milliseconds and inclusive; if the lower is above the upper one,
     * nothing joins.
     *
     * @param leftLateOutput where left records go that event time has passed; null if they are
     *     dropped
     * @param rightLateOutput the same of right records
     */
    record IntervalJoinSpec(
            KeySelector<?, ?> leftKey,
            KeySelector<?, ?> rightKey,
            ProcessJoinFunction<?, ?, ?> function,
            long lowerBoundMs,
            long upperBoundMs,
            OutputTag<?> leftLateOutput,
            OutputTag<?> rightLateOutput)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.INTERVAL_JOIN;
        }
    }

    /**
     * An operator of the program's own.
     *
     * @param keySelector null on streams without keys
     */
    record TransformSpec(StreamOperatorFactory<?> factory, KeySelector<?, ?> keySelector)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.TRANSFORM;
        }
    }

    /**
     * An operator of the program's own with two inputs.
     *
     * @param firstKey null if the first stream is not keyed
     * @param secondKey null if the second stream is not keyed
     */
    record CoTransformSpec(
            StreamOperatorFactory<?> factory,
            KeySelector<?, ?> firstKey,
            KeySelector<?, ?> secondKey)
            implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.CO_TRANSFORM;
        }
    }

    /**
     * An operator of the program's own with any number of inputs.
     *
     * @param keys one for each input; empty if they are not keyed
     */
    record MultiTransformSpec(
            StreamOperatorFactory<?> factory, int inputs, List<KeySelector<?, ?>> keys)
            implements OperatorSpec {
        public MultiTransformSpec {
            keys = List.copyOf(keys);
        }

        @Override
        public Kind kind() {
            return Kind.MULTI_TRANSFORM;
        }
    }

    /** Stamps records and makes watermarks of them, wherever they come from. */
    record TimestampsSpec(WatermarkStrategy<?> watermarks) implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.TIMESTAMPS;
        }
    }

    /** Writes records to the outside. */
    record SinkSpec(Sink<?> sink) implements OperatorSpec {
        @Override
        public Kind kind() {
            return Kind.SINK;
        }
    }
}
