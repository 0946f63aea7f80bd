package io.millrace.runtime.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Threads that a job's code has started and that outlive it. Pure, but for the look at the JVM. */
final class LeakedThreads {
    private static final int MAX_NAMED = 5;

    private LeakedThreads() {}

    /**
     * Those that run in the name of the loader: a thread inherits it from the function that starts
     * it. Each as its name and where it is now; at most five, then how many more.
     */
    static List<String> of(ClassLoader loader) {
        List<String> leaked =
                Thread.getAllStackTraces().entrySet().stream()
                        .filter(entry -> entry.getKey().isAlive())
                        .filter(entry -> entry.getKey() != Thread.currentThread())
                        .filter(entry -> entry.getKey().getContextClassLoader() == loader)
                        .map(LeakedThreads::describe)
                        .sorted()
                        .toList();
        if (leaked.size() <= MAX_NAMED) {
            return leaked;
        }
        List<String> named = new ArrayList<>(leaked.subList(0, MAX_NAMED));
        named.add("and " + (leaked.size() - MAX_NAMED) + " more");
        return named;
    }

    private static String describe(Map.Entry<Thread, StackTraceElement[]> entry) {
        StackTraceElement[] frames = entry.getValue();
        for (StackTraceElement frame : frames) {
            String type = frame.getClassName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.")) {
                return "'" + entry.getKey().getName() + "' at " + frame;
            }
        }
        return "'" + entry.getKey().getName() + "'";
    }
}
