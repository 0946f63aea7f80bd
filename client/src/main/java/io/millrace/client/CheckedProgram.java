package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileSystem;
import io.millrace.api.graph.JobExecutor;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.option.Config;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.loader.UserLoaders;
import io.millrace.runtime.serde.ValueCodecs;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The first job of a program, without a cluster: {@code main} is called, and ends where it submits
 * that. What it prints goes to standard error. The command's thread.
 */
final class CheckedProgram {
    private CheckedProgram() {}

    /** Ends {@code main}: its first job is there. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("the job has been seen; it is not run", null, false, false);
        }
    }

    /** Takes the first job, and runs none. Confined to one thread. */
    private static final class Taker implements JobExecutor {
        private final Config defaults;
        private StreamGraph first;

        Taker(Config defaults) {
            this.defaults = defaults;
        }

        @Override
        public JobClient submit(StreamGraph graph) {
            if (first == null) {
                first = graph;
            }
            throw new Enough();
        }

        @Override
        public Config defaults() {
            return defaults;
        }

        @Override
        public <T> ValueCodec<T> valueCodec(TypeInformation<T> type, ClassLoader userLoader) {
            return ValueCodecs.of(type, userLoader);
        }

        @Override
        public String hostForWorkers() {
            return "localhost";
        }
    }

    /**
     * Calls {@code main} and hands over its first job, with the loader of its classes.
     *
     * @throws MillraceException {@code NO_MAIN_CLASS}; {@code MAIN_THREW}, or what the engine says,
     *     if there is no job because of it; {@code PROGRAM_INVALID} if there is none
     */
    static void look(
            Program program, Surroundings surroundings, BiConsumer<StreamGraph, ClassLoader> job) {
        Plugins plugins =
                Plugins.load(
                        surroundings.home().resolve("plugins"), FileSystem.class.getClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        PrintStream out = System.out;
        try (UserLoaders loaders = new UserLoaders(plugins, before);
                URLClassLoader user = loaders.open(program.name(), List.of(program.jar()))) {
            MainMethod main = MainMethod.of(program.jar(), program.mainClass(), user);
            Taker taker = new Taker(program.config());
            StreamExecutionEnvironment.runWith(taker);
            thread.setContextClassLoader(user);
            System.setOut(System.err);
            try {
                call(main, program, taker);
            } finally {
                System.setOut(out);
                StreamExecutionEnvironment.clear();
            }
            try {
                job.accept(taker.first, user);
            } finally {
                thread.setContextClassLoader(before);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void call(MainMethod main, Program program, Taker taker) {
        try {
            main.call(program.args());
        } catch (MillraceException e) {
            if (taker.first == null) {
                throw e;
            }
        }
        if (taker.first == null) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "main of "
                            + program.name()
                            + " ended without a job: it calls neither execute() nor"
                            + " executeAsync(), with these arguments.");
        }
    }
}
