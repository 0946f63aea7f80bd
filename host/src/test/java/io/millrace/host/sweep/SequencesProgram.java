package io.millrace.host.sweep;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Counts up for each key: the state of a key is the number that has to come next, so that a
 * restored state that does not fit the restored position of the source shows with the first record
 * of any key. The records wait in front of the slow counting, which takes its time until it need
 * not any more; a timer of each key tells in the end how many there were.
 */
public final class SequencesProgram {
    public static final int RECORDS = 40_000;
    static final int KEYS = 400;

    /** The source cuts its range so, whatever the parallelism after a restore. */
    static final int HALVES = 2;

    static final int NUMBERS_OF_KEY = RECORDS / KEYS;

    static final String OUTPUT = "output";

    /** A file that is made when the job need not last any longer. */
    public static final String HURRY = "hurry";

    /** A file that is there if the job must not end before that. */
    static final String LASTS = "lasts";

    /** A file that is there if no more than {@link #HALVES} tasks may count. */
    static final String NARROW = "narrow";

    /**
     * A file that is there if one sink is to put files together before they are committed, and the
     * other one to commit in tasks.
     */
    static final String TOPOLOGIES = "topologies";

    private SequencesProgram() {}

    /**
     * Each line is {@code key,number}; {@code END key,count,whole} when a key is through, and
     * {@code GAP …} where the state does not fit the record.
     *
     * @param directory of the case: files in it say how the program is to be
     */
    public static DataStream<String> counted(StreamExecutionEnvironment env, Path directory) {
        return counted(
                env.fromSequence(0, RECORDS - 1)
                        .uid("numbers")
                        .map(new Numbering())
                        .uid("numbering"),
                directory);
    }

    /**
     * The same of numbers that come from elsewhere.
     *
     * @param numbers those of {@link #numbered}, each once, those of a key in their order
     */
    public static DataStream<String> counted(DataStream<Numbered> numbers, Path directory) {
        numbers.getExecutionEnvironment().setMaxParallelism(16);
        return numbers.keyBy(record -> record.key)
                .process(
                        new Counting(
                                directory.resolve(HURRY).toString(),
                                directory.resolve(NARROW).toString()))
                .uid("counting");
    }

    /** The numbers of a key are in one half, ascending. */
    public static final class Numbered {
        public long key;
        public long number;
    }

    /**
     * The record of a place in the whole sequence.
     *
     * @param index from 0 on, below {@link #RECORDS}
     */
    public static Numbered numbered(long index) {
        long perHalf = RECORDS / HALVES;
        long keysOfHalf = KEYS / HALVES;
        Numbered numbered = new Numbered();
        numbered.key = index / perHalf * keysOfHalf + index % perHalf % keysOfHalf;
        numbered.number = index % perHalf / keysOfHalf;
        return numbered;
    }

    private static final class Numbering implements MapFunction<Long, Numbered> {
        private static final long serialVersionUID = 1L;

        @Override
        public Numbered map(Long index) {
            return numbered(index);
        }
    }

    private static final class Counting extends KeyedProcessFunction<Long, Numbered, String>
            implements CheckpointListener {
        private static final long serialVersionUID = 1L;

        private static final int RECORDS_PER_CHECKPOINT = 1_000;

        /** The last ones take long in a job that must not end before its case. */
        private static final int BEFORE_LAST = 12_000;

        private static final long LAST_PAUSE_MS = 20;

        private final String hurry;
        private final String narrow;
        private transient ValueState<Long> next;
        private transient ValueState<String> ballast;
        private transient int sincePause;
        private transient int seen;
        private transient int granted;
        private transient Path hurryPath;

        Counting(String hurry, String narrow) {
            this.hurry = hurry;
            this.narrow = narrow;
        }

        @Override
        public void open(OpenContext context) {
            int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
            if (subtasks > HALVES && Files.exists(Path.of(narrow))) {
                throw new IllegalStateException("does not run as " + subtasks + " subtasks");
            }
            hurryPath = Path.of(hurry);
            next = getRuntimeContext().getState(new ValueStateDescriptor<>("next", Types.LONG));
            ballast =
                    getRuntimeContext()
                            .getState(new ValueStateDescriptor<>("ballast", Types.STRING));
        }

        @Override
        public void processElement(Numbered record, Context context, Collector<String> out)
                throws Exception {
            seen++;
            if (++sincePause >= pace()) {
                sincePause = 0;
                Thread.sleep(pauseMs()); // the load of this job, not a wait for anything
            }
            Long expected = next.value();
            if (expected == null) {
                expected = 0L;
                ballast.update("ballast of key " + record.key + " ".repeat(100));
                context.timerService().registerEventTimeTimer(Long.MAX_VALUE - 1);
            }
            if (record.number != expected) {
                out.collect("GAP " + record.key + "," + record.number + " after " + expected);
            }
            next.update(record.number + 1);
            out.collect(record.key + "," + record.number);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<String> out)
                throws Exception {
            boolean whole = ballast.value().startsWith("ballast of key " + context.getCurrentKey());
            out.collect("END " + context.getCurrentKey() + "," + next.value() + "," + whole);
        }

        private long pauseMs() {
            boolean lasts =
                    seen > BEFORE_LAST
                            && Files.exists(hurryPath.resolveSibling(LASTS))
                            && !Files.exists(hurryPath);
            return lasts ? LAST_PAUSE_MS : 1;
        }

        /** Records between two pauses: few, while the machine is too busy for checkpoints. */
        private int pace() {
            if (Files.exists(hurryPath)) {
                return 16;
            }
            return seen < granted ? 4 : 1;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            granted = seen + RECORDS_PER_CHECKPOINT;
        }
    }
}
