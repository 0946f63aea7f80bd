package io.millrace.host.modes;

import io.millrace.api.function.RichMapFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A program in a setting, and whether its results are as they must be. */
final class Trial {
    private static final int SHOWN = 8;
    private static final AtomicLong IDS = new AtomicLong();
    // Trials whose subtask has not failed yet. Concurrent: tasks look, the trial's thread adds.
    private static final Map<Long, Boolean> TO_FAIL = new ConcurrentHashMap<>();

    private Trial() {}

    /** What is wrong with the results; empty if nothing is. */
    static String run(Program program, Setting setting, long limitMs) throws InterruptedException {
        FutureTask<List<String>> results = new FutureTask<>(() -> results(program, setting));
        Thread thread = new Thread(results, "trial of " + program.seed());
        thread.start();
        try {
            return difference(program.expected(), results.get(limitMs, TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            StringWriter trace = new StringWriter();
            e.getCause().printStackTrace(new PrintWriter(trace, true));
            return trace.toString();
        } catch (TimeoutException e) {
            String threads = threads();
            results.cancel(true);
            return "no end within " + limitMs + " ms\n" + threads;
        }
    }

    private static List<String> results(Program program, Setting setting) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(setting.options()));
        env.setRuntimeMode(setting.mode());
        env.setParallelism(2);
        long id = IDS.incrementAndGet();
        DataStream<String> lines =
                program.build(
                        env,
                        stream ->
                                setting.fails()
                                        ? stream.map(new Failing(id), Item.TYPE)
                                                .setParallelism(stream.getParallelism())
                                        : stream);
        List<String> collected = new ArrayList<>();
        TO_FAIL.put(id, true);
        try (CloseableIterator<String> results = lines.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        } finally {
            TO_FAIL.remove(id);
        }
        collected.sort(null);
        return collected;
    }

    /** What is missing and what is too much; empty if nothing is. Both lists are sorted. */
    static String difference(List<String> expected, List<String> found) {
        List<String> missing = new ArrayList<>();
        List<String> extra = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < expected.size() || j < found.size()) {
            int order =
                    i == expected.size()
                            ? 1
                            : j == found.size() ? -1 : expected.get(i).compareTo(found.get(j));
            if (order < 0) {
                missing.add(expected.get(i));
            } else if (order > 0) {
                extra.add(found.get(j));
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return missing.isEmpty() && extra.isEmpty()
                ? ""
                : shown("missing", missing) + shown("too much", extra);
    }

    private static String shown(String what, List<String> lines) {
        return lines.size()
                + " "
                + what
                + ": "
                + lines.subList(0, Math.min(SHOWN, lines.size()))
                + "\n";
    }

    private static String threads() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces()
                .forEach(
                        (thread, frames) -> {
                            text.append(thread.getName()).append('\n');
                            Arrays.stream(frames)
                                    .limit(20)
                                    .forEach(
                                            frame ->
                                                    text.append("    ").append(frame).append('\n'));
                        });
        return text.toString();
    }

    /** Throws once in a trial, at the twentieth record of the first subtask that comes so far. */
    private static final class Failing extends RichMapFunction<Item, Item> {
        private static final long serialVersionUID = 1L;
        private final long trial;
        private transient int seen;

        Failing(long trial) {
            this.trial = trial;
        }

        @Override
        public Item map(Item item) {
            if (++seen == 20 && TO_FAIL.remove(trial) != null) {
                throw new IllegalStateException("by intention");
            }
            return item;
        }
    }
}
