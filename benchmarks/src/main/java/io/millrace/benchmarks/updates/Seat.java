package io.millrace.benchmarks.updates;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The main loop of the process that runs the job on one engine: starts it, tells of each checkpoint
 * that becomes complete, kills a worker or takes a savepoint when told to, and ends with its input.
 */
public final class Seat {
    private static final long LOOK_MS = 20;
    private static final String SAVEPOINT = "savepoint ";

    private Seat() {}

    /**
     * A checkpoint as its engine tells of it. Immutable.
     *
     * @param turnMs the longest that any task processed nothing for it; -1 if the engine does not
     *     tell
     */
    public record Done(long id, long durationMs, long writtenBytes, long totalBytes, long turnMs) {}

    /** One engine with the job on it. */
    public interface Running extends AutoCloseable {
        /** Of the latest complete checkpoint; null if there is none. */
        Done latest() throws Exception;

        /** Kills a worker that has tasks, at once, and lets another one be started. */
        void killWorker() throws Exception;

        /**
         * Takes a savepoint and waits for it.
         *
         * @param canonical whether in the form of every back end, else in the engine's own
         * @return where it is
         */
        String savepoint(boolean canonical, String directory) throws Exception;

        /** Why the job has ended, or null while it runs. */
        String end() throws Exception;
    }

    /** Starts the job. */
    @FunctionalInterface
    public interface Start {
        Running start(UpdatePlan plan, Map<String, String> options) throws Exception;
    }

    /**
     * @param arguments of {@link UpdatePlan} and options of the engine, in any order
     */
    public static void serve(String[] arguments, Start start) throws Exception {
        Map<String, String> words = Words.of(arguments);
        UpdatePlan plan = UpdatePlan.of(words);
        words.keySet().removeIf(key -> !key.contains("."));
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Running running = start.start(plan, words)) {
            say("STARTED");
            long told = 0;
            while (true) {
                if (commands.ready()) {
                    String command = commands.readLine();
                    if (command == null || command.equals("end")) {
                        return;
                    }
                    obey(command, running);
                }
                Done done = running.latest();
                if (done != null && done.id() != told) {
                    told = done.id();
                    say(
                            "CHECKPOINT atMs="
                                    + System.currentTimeMillis()
                                    + " id="
                                    + done.id()
                                    + " durationMs="
                                    + done.durationMs()
                                    + " writtenBytes="
                                    + done.writtenBytes()
                                    + " totalBytes="
                                    + done.totalBytes()
                                    + " turnMs="
                                    + done.turnMs());
                }
                String end = running.end();
                if (end != null) {
                    say("ENDED " + end);
                    return;
                }
                Thread.sleep(LOOK_MS);
            }
        }
    }

    private static void obey(String command, Running running) throws Exception {
        if (command.startsWith(SAVEPOINT)) {
            long from = System.currentTimeMillis();
            String[] words = command.substring(SAVEPOINT.length()).split(" ", 2);
            String path = running.savepoint(words[0].equals("canonical"), words[1]);
            say(
                    "SAVEPOINT fromMs="
                            + from
                            + " toMs="
                            + System.currentTimeMillis()
                            + " path="
                            + path);
        } else {
            running.killWorker();
            say("KILLED atMs=" + System.currentTimeMillis());
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
