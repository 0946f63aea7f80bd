package io.millrace.host.sweep;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Java process with assertions on and this process's class path, which takes roles. Confined to
 * the thread that has it, but for its reader.
 */
final class JvmProcess implements AutoCloseable {
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final Process process;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Thread reader;
    private volatile PrintWriter log; // of the role; set by the owner, written by the reader
    private String name = "";
    private boolean done = true;

    JvmProcess(Path temporary) throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-ea",
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Dorg.apache.logging.log4j.level=INFO",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProcessMain.class.getName());
        this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
        this.reader = new Thread(this::read, "output-of-process-" + STARTED.incrementAndGet());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                PrintWriter out = log;
                if (out != null) {
                    out.println(line);
                }
                if (line.startsWith(ProcessMain.MARK)) {
                    said.add(line.substring(ProcessMain.MARK.length()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Begins a role.
     *
     * @param role the line that {@link ProcessMain} takes
     * @param log gets all that the process prints from now on
     */
    void begin(String name, Arming arming, String role, Path log) throws IOException {
        this.name = name;
        this.log = new PrintWriter(Files.newBufferedWriter(log), true);
        this.done = false;
        if (name.equals(arming.process())) {
            say(arming.line());
        }
        say(role);
    }

    /** The name in its role. */
    String name() {
        return name;
    }

    /** The next line that it has said to us; null if there is none yet. */
    String heard() {
        String line = said.poll();
        if (line != null && line.startsWith("DONE ")) {
            done = true;
            log.close();
            log = null;
            return heard();
        }
        return line;
    }

    /** Says a line to it; nothing happens if it has ended. */
    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(name, e);
            }
        }
    }

    /** Whether its role goes on. All that it has said before its end is to be heard first. */
    boolean isAlive() {
        return (process.isAlive() || reader.isAlive()) && !done;
    }

    /** Whether it can take another role. */
    boolean isFree() {
        return process.isAlive() && done;
    }

    /** As {@code kill -9}; it is dead when this returns, and all that it has said is heard. */
    void kill() {
        process.toHandle().destroyForcibly(); // which leaves its output to the reader
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not die");
            }
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets it print the stacks of its threads. */
    void printStacks() throws IOException {
        new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid())).start();
    }

    @Override
    public void close() {
        kill();
    }
}
