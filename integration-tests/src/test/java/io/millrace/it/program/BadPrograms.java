package io.millrace.it.program;

import io.millrace.api.error.ExceptionUtils;
import io.millrace.api.function.MapFunction;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.JobExecutionException;
import io.millrace.api.stream.StreamExecutionEnvironment;

/** Programs that go wrong, each in one way. */
public final class BadPrograms {
    private BadPrograms() {}

    /** Throws before any job. */
    public static final class MainThrows {
        private MainThrows() {}

        public static void main(String[] args) {
            throw new IllegalStateException("no such customer: 4711");
        }
    }

    /** Throws while the job runs, in an operator with a name. */
    public static final class MapThrows {
        private MapThrows() {}

        public static void main(String[] args) throws Exception {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.fromSequence(1, 100_000)
                    .map(
                            number -> {
                                if (number == 54_321) {
                                    throw new ArithmeticException("cannot price item " + number);
                                }
                                return number;
                            })
                    .name("price items")
                    .sinkTo(new DiscardingSink<>());
            env.execute("MapThrows");
        }
    }

    /** What a function throws when an item has no price. */
    public static final class Unpriced extends Exception {
        private static final long serialVersionUID = 1L;

        private final long item;

        public Unpriced(long item, Throwable cause) {
            super("item " + item + " has no price", cause);
            this.item = item;
        }
    }

    /** Looks for its own exception among the causes of its job's failure. */
    public static final class MapThrowsOwn {
        private MapThrowsOwn() {}

        public static void main(String[] args) throws Exception {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.fromSequence(1, 100_000)
                    .map(MapThrowsOwn::price)
                    .name("price items")
                    .sinkTo(new DiscardingSink<>());
            try {
                env.execute("MapThrowsOwn");
            } catch (JobExecutionException e) {
                Unpriced unpriced =
                        ExceptionUtils.findThrowable(e, Unpriced.class).orElseThrow(() -> e);
                throw new IllegalStateException(
                        "found "
                                + unpriced.item
                                + " since "
                                + unpriced.getCause().getClass().getSimpleName());
            }
        }

        private static Long price(Long number) throws Unpriced {
            if (number == 54_321) {
                throw new Unpriced(number, new ArithmeticException("division by zero"));
            }
            return number;
        }
    }

    /** Would take its worker with it. */
    public static final class FunctionExits {
        private FunctionExits() {}

        public static void main(String[] args) throws Exception {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.fromSequence(1, 100_000)
                    .map(
                            number -> {
                                if (number == 54_321) {
                                    System.exit(3);
                                }
                                return number;
                            })
                    .name("give up")
                    .sinkTo(new DiscardingSink<>());
            env.execute("FunctionExits");
        }
    }

    /** Has a function that cannot travel. */
    public static final class NotSerializable {
        private NotSerializable() {}

        public static void main(String[] args) throws Exception {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.fromSequence(1, 10)
                    .map(new WithConnection())
                    .name("look up")
                    .sinkTo(new DiscardingSink<>());
            env.execute("NotSerializable");
        }
    }

    /** Holds something that is not serializable. */
    public static final class WithConnection implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        private final Thread connection = new Thread("never started");

        @Override
        public Long map(Long value) {
            return value + connection.getId();
        }
    }

    /** Never asks for a job. */
    public static final class NoExecute {
        private NoExecute() {}

        public static void main(String[] args) {
            StreamExecutionEnvironment.getExecutionEnvironment()
                    .fromSequence(1, 10)
                    .sinkTo(new DiscardingSink<>());
        }
    }

    /** Has no main method. */
    public static final class NoMain {
        private NoMain() {}
    }
}
