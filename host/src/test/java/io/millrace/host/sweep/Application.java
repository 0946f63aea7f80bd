package io.millrace.host.sweep;

import io.millrace.runtime.wire.AppSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The processes of one application, and what a cluster does for them: starts workers as they are
 * wanted, tells of those that end, starts another leader when one dies. Confined to one thread,
 * which calls {@link #turn()} again and again.
 */
final class Application implements AutoCloseable {
    private final Processes processes;
    private final Path directory;
    private final Arming arming;
    private final SweepJob job;
    private final String secret = Options.hex(AppSecret.random());
    private final Map<String, JvmProcess> workers = new LinkedHashMap<>();
    private final List<JvmProcess> formerWorkers = new ArrayList<>(); // of leaders that have died
    private JvmProcess coordinator;
    private long epoch;
    private int port;
    private int wanted;
    private int startedWorkers;
    private String result;
    private List<String> outcome; // null until somebody is told

    Application(
            Processes processes,
            Path directory,
            Map<String, String> options,
            SweepJob job,
            Arming arming)
            throws IOException {
        this.processes = processes;
        this.directory = Files.createDirectories(directory);
        this.job = job;
        this.arming = arming;
        Map<String, String> all = new LinkedHashMap<>(options);
        all.put(
                "task.spill-directory",
                Files.createDirectories(directory.resolve("tmp")).toString());
        Options.write(directory, all);
        lead();
    }

    static String coordinatorOf(long epoch) {
        return "coordinator-" + epoch;
    }

    static String worker(int number) {
        return "worker-" + number;
    }

    private void lead() throws IOException {
        epoch++;
        port = 0;
        wanted = 0;
        formerWorkers.addAll(workers.values());
        workers.clear();
        coordinator =
                start(
                        coordinatorOf(epoch),
                        String.join(
                                " ",
                                "COORDINATOR",
                                directory.toString(),
                                String.valueOf(epoch),
                                secret,
                                job.words()));
    }

    private JvmProcess start(String name, String role) throws IOException {
        JvmProcess process = processes.take();
        process.begin(name, arming, role, directory.resolve(name + ".log"));
        return process;
    }

    /** Does what is due. Returns the job's result as the leader has told it, or null. */
    String turn() throws IOException {
        boolean leads = coordinator.isAlive();
        for (String line = coordinator.heard(); line != null; line = coordinator.heard()) {
            onHeard(line);
        }
        for (JvmProcess worker : List.copyOf(workers.values())) {
            worker.heard();
            if (!worker.isAlive()) {
                gone(workers.remove(worker.name()));
                coordinator.say("ENDED " + worker.name());
            }
        }
        if (result == null && !leads) {
            gone(coordinator);
            lead();
        }
        while (result == null && port != 0 && workers.size() < wanted) {
            String name = worker(++startedWorkers);
            workers.put(
                    name,
                    start(
                            name,
                            String.join(
                                    " ",
                                    "WORKER",
                                    directory.toString(),
                                    name,
                                    String.valueOf(port),
                                    secret)));
        }
        return result;
    }

    private void onHeard(String line) {
        String rest = line.substring(line.indexOf(' ') + 1);
        switch (line.substring(0, line.indexOf(' '))) {
            case "LISTEN" -> port = Integer.parseInt(rest);
            case "WANT" -> wanted = Integer.parseInt(rest);
            case "RELEASE" -> {
                JvmProcess worker = workers.remove(rest);
                if (worker != null) {
                    formerWorkers.add(worker);
                }
            }
            case "RESULT" -> result = rest;
            case "OUTCOME" -> outcome = List.of(rest.split(" ", 2));
            default -> throw new IllegalStateException(line);
        }
    }

    /** State and path of what was asked of it, as the leader has told it; null if it has not. */
    List<String> outcome() {
        return outcome;
    }

    void killCoordinator() {
        coordinator.kill();
    }

    /** Kills the worker of that name; any, if it is none of the living. */
    void killWorker(String name) {
        JvmProcess worker = workers.get(name);
        if (worker == null && !workers.isEmpty()) {
            worker = workers.values().iterator().next();
        }
        if (worker != null) {
            worker.kill();
        }
    }

    /** At once, as if the power had gone. */
    void killAll() {
        all().forEach(JvmProcess::kill);
    }

    private List<JvmProcess> all() {
        List<JvmProcess> all = new ArrayList<>(formerWorkers);
        all.addAll(workers.values());
        all.add(coordinator);
        return all;
    }

    /** Those that have not ended. */
    List<String> living() {
        all().forEach(JvmProcess::heard);
        return all().stream().filter(JvmProcess::isAlive).map(JvmProcess::name).toList();
    }

    void printStacks() throws IOException {
        for (JvmProcess process : all()) {
            process.printStacks();
        }
    }

    long epoch() {
        return epoch;
    }

    private void gone(JvmProcess process) {
        processes.giveBack(process);
    }

    /** Kills those that go on with their role. */
    @Override
    public void close() {
        for (JvmProcess process : all()) {
            process.heard();
            gone(process);
        }
    }
}
