package io.millrace.host.sweep;

import io.millrace.api.fault.FaultPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * A process that is a worker or a coordinator, one after the other until it is killed: a Java
 * process costs more to start than a case to run, and most of them are not the one that dies.
 *
 * <p>Its input has {@code ARM point how reached} and then {@code WORKER …} or {@code COORDINATOR …}
 * with their arguments, and what a coordinator's cluster says. Its output has, in lines that begin
 * with {@link #MARK}, what a coordinator says, and {@code DONE code}: as if the process had ended.
 */
final class ProcessMain {
    static final String MARK = "@@ ";

    /** What a cluster says to the coordinator of this process; set by it, called by the reader. */
    private static volatile Consumer<String> cluster = line -> {};

    private ProcessMain() {}

    public static void main(String[] args) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            List<String> words = List.of(line.split(" "));
            List<String> arguments = words.subList(1, words.size());
            switch (words.get(0)) {
                case "ARM" -> arm(arguments);
                case "WORKER" -> begin("worker", () -> WorkerRole.run(arguments));
                case "COORDINATOR" -> begin("coordinator", () -> CoordinatorRole.run(arguments));
                default -> cluster.accept(line);
            }
        }
        Runtime.getRuntime().halt(0); // whoever started this is gone
    }

    private static void arm(List<String> arguments) {
        System.setProperty(FaultPoint.CRASH_HOW, arguments.get(1));
        System.setProperty(FaultPoint.REACHED_FILE, arguments.get(2));
        System.setProperty(FaultPoint.CRASH_AT, arguments.get(0));
    }

    /** Ends in an exit code. */
    interface Role {
        int run() throws Exception;
    }

    private static void begin(String name, Role role) {
        Thread thread =
                new Thread(
                        () -> {
                            int code = 70;
                            try {
                                code = role.run();
                            } catch (Throwable e) {
                                e.printStackTrace(System.out);
                            }
                            System.clearProperty(FaultPoint.CRASH_AT);
                            say("DONE " + code);
                        },
                        "role-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    static void listen(Consumer<String> listener) {
        cluster = listener;
    }

    /** One line at a time: several threads speak. */
    static synchronized void say(String words) {
        System.out.println(MARK + words);
        System.out.flush();
    }
}
