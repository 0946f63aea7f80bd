package io.millrace.client.sandbox;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.client.sandbox.SandboxStatus.DaemonStatus;
import io.millrace.client.sandbox.SandboxStatus.State;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One sandbox: starts its daemons side by side, waits until they are ready, says how they are,
 * stops them. Every call may be repeated; a lock file keeps two starts of one directory apart.
 *
 * <p>Confined to one thread at a time.
 */
public final class Sandbox {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int TAIL_LINES = 20;
    private static final String USER = System.getProperty("user.name");

    private final SandboxLayout layout;
    private final SandboxLibraries libraries;
    private final Consumer<String> progress;

    /** Whether a daemon is ready for clients. Must answer within seconds. */
    interface Readiness {
        boolean isReady(Daemon daemon);
    }

    /**
     * @param directory where everything of the sandbox lies; made if absent
     * @param libraries the directory with the daemons' jars
     * @param progress takes lines for people
     */
    public Sandbox(Path directory, Path libraries, Consumer<String> progress) {
        this(directory, libraries, libraries.resolve("kafka"), progress);
    }

    /**
     * The same with another broker of Kafka than the sandbox's own.
     *
     * @param kafkaLibraries the directory with the broker's jars
     */
    Sandbox(Path directory, Path libraries, Path kafkaLibraries, Consumer<String> progress) {
        this.layout = new SandboxLayout(directory);
        this.libraries = new SandboxLibraries(libraries, kafkaLibraries);
        this.progress = progress;
    }

    /** The directory that clients take as {@code HADOOP_CONF_DIR}. */
    public Path confDir() {
        return layout.conf();
    }

    /** The environment of clients as pairs of name and value; what does not run is left out. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HADOOP_CONF_DIR", confDir().toString());
        if (!running(EnumSet.of(Daemon.KDC)).isEmpty()) {
            environment.put("KRB5_CONFIG", layout.krb5Conf().toString());
            environment.put("KRB5CCNAME", layout.ticketCache().toString());
            environment.put("MILLRACE_SANDBOX_KEYTAB", layout.keytab(USER).toString());
            environment.put("MILLRACE_SANDBOX_PRINCIPAL", SandboxKerberos.principalOf(USER));
        }
        kafkaAddress().ifPresent(address -> environment.put("KAFKA_BOOTSTRAP_SERVERS", address));
        return environment;
    }

    /** What clients of Kafka connect to; empty if no broker runs here. */
    public Optional<String> kafkaAddress() {
        return running(EnumSet.of(Daemon.KAFKA)).isEmpty()
                ? Optional.empty()
                : ports().map(Daemon.KAFKA::address);
    }

    public Path directory() {
        return layout.root();
    }

    /**
     * Starts what does not run and waits until all are ready. If it cannot, it stops what it
     * started.
     *
     * @param parts of the sandbox; a broker of Kafka that runs stays in any case
     * @return false if all were running already
     * @throws MillraceException {@link ErrorCode#CLUSTER_UNREACHABLE} naming the daemon that is
     *     late or dead, with the end of its log; {@link ErrorCode#USAGE} if it runs and is secure,
     *     or is not, other than asked for
     */
    public boolean start(Duration deadline, SandboxParts parts) {
        try (FileChannel lockFile = openLock();
                FileLock lock = lock(lockFile)) {
            if (anyProcess()) {
                SandboxStatus status = status();
                if (status.ready()) {
                    requireSameSecurity(status, parts);
                    if (!parts.kafka() || status.of(Daemon.KAFKA).isPresent()) {
                        return false;
                    }
                    addKafkaLocked(deadline);
                    return true;
                }
                progress.accept("Some daemons of an earlier start are not well; stopping them.");
                stopLocked();
            }
            startLocked(deadline, parts);
            return true;
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "the sandbox cannot write below " + layout.root() + ": " + e,
                    e);
        }
    }

    /**
     * Gets a ticket for the user of a secure sandbox, as {@code kinit} does; replaces an older one.
     *
     * @throws MillraceException {@code USAGE} if no secure sandbox runs; {@code
     *     AUTHENTICATION_FAILED} with what the KDC said
     */
    public Path ticket(Duration lifetime) {
        if (running(EnumSet.of(Daemon.KDC)).isEmpty()) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "no secure sandbox runs in "
                            + layout.root()
                            + ". Start one: 'millrace sandbox start --secure'.");
        }
        try {
            Path output = Files.createTempFile("millrace-ticket", ".out");
            try {
                Process process =
                        libraries
                                .command(layout, EnumSet.of(Daemon.KDC))
                                .ticket(
                                        USER,
                                        SandboxKerberos.principalOf(USER),
                                        lifetime.toSeconds())
                                .redirectErrorStream(true)
                                .redirectOutput(output.toFile())
                                .start();
                if (process.waitFor() != 0) {
                    throw new MillraceException(
                            ErrorCode.AUTHENTICATION_FAILED,
                            "the sandbox's KDC gave no ticket:\n" + tail(output));
                }
                return layout.ticketCache();
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "the ticket cannot be kept below " + layout.root() + ": " + e,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.USAGE, "interrupted: no ticket was got.");
        }
    }

    /** Ends all daemons and containers of this sandbox; returns how many processes it ended. */
    public int stop() {
        if (!Files.isDirectory(layout.run())) {
            return 0;
        }
        try (FileChannel lockFile = openLock();
                FileLock lock = lock(lockFile)) {
            return stopLocked();
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "the sandbox below " + layout.root() + " cannot be stopped: " + e,
                    e);
        }
    }

    /** Looks at every daemon. */
    public SandboxStatus status() {
        List<DaemonStatus> daemons = new ArrayList<>();
        Optional<SandboxPorts> ports = ports();
        for (Daemon daemon : Daemon.values()) {
            Optional<DaemonProcess> recorded =
                    DaemonProcess.recorded(daemon, layout.record(daemon));
            Optional<ProcessHandle> process = recorded.flatMap(DaemonProcess::find);
            if (daemon.isOptional() && recorded.isEmpty()) {
                continue;
            }
            State state;
            if (process.isEmpty()) {
                state = recorded.isEmpty() ? State.STOPPED : State.DEAD;
            } else {
                boolean ready =
                        ports.isPresent() && new Probes(layout, ports.get()).isReady(daemon);
                state = ready ? State.READY : State.STARTING;
            }
            daemons.add(
                    new DaemonStatus(
                            daemon,
                            state,
                            process.map(ProcessHandle::pid).orElse(0L),
                            process.isPresent() ? ports.map(daemon::address).orElse("") : "",
                            process.map(Sandbox::rssBytes).orElse(0L),
                            layout.log(daemon)));
        }
        return new SandboxStatus(layout.root(), layout.conf(), daemons);
    }

    private void requireSameSecurity(SandboxStatus status, SandboxParts parts) {
        boolean secure = status.of(Daemon.KDC).isPresent();
        if (secure != parts.secure()) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "the sandbox in "
                            + layout.root()
                            + (secure ? " runs with" : " runs without")
                            + " Kerberos. Stop it first ('millrace sandbox stop'), or take another"
                            + " directory with --dir.");
        }
    }

    private void startLocked(Duration deadline, SandboxParts parts) throws IOException {
        long startedNanos = System.nanoTime();
        Set<Daemon> daemons = parts.daemons();
        DaemonCommand command = libraries.command(layout, daemons);
        prepareDirectories();
        SandboxPorts ports = SandboxPorts.choose(layout.portsFile(), new SecureRandom());
        SandboxKerberos kerberos =
                parts.secure()
                        ? new SandboxKerberos(layout, ports, USER, parts.tokenLifetime())
                        : null;
        new SandboxConfig(layout, ports, kerberos).write();
        Probes probes = new Probes(layout, ports);
        boolean ready = false;
        try {
            if (daemons.remove(Daemon.KDC)) { // others log in as they start
                Set<Daemon> first = EnumSet.of(Daemon.KDC);
                await(startAll(first, command), probes, ports, startedNanos, deadline);
            }
            await(startAll(daemons, command), probes, ports, startedNanos, deadline);
            ready = true;
        } finally {
            if (!ready) {
                stopLocked();
            }
        }
    }

    /** Beside daemons that run already. */
    private void addKafkaLocked(Duration deadline) throws IOException {
        long startedNanos = System.nanoTime();
        Set<Daemon> daemons = EnumSet.of(Daemon.KAFKA);
        DaemonCommand command = libraries.command(layout, daemons);
        SandboxPorts ports =
                SandboxPorts.load(layout.portsFile())
                        .withFree(List.of("kafka", "kafka.controller"), new SecureRandom());
        new SandboxConfig(layout, ports, null).writeForBroker();
        boolean ready = false;
        try {
            await(
                    startAll(daemons, command),
                    new Probes(layout, ports),
                    ports,
                    startedNanos,
                    deadline);
            ready = true;
        } finally {
            if (!ready) {
                new Shutdown(Optional.empty(), progress).end(running(daemons));
                Files.deleteIfExists(layout.record(Daemon.KAFKA));
            }
        }
    }

    private Map<Daemon, DaemonProcess> startAll(Set<Daemon> daemons, DaemonCommand command)
            throws IOException {
        Map<Daemon, DaemonProcess> started = new EnumMap<>(Daemon.class);
        for (Daemon daemon : daemons) {
            Process process = command.start(daemon);
            DaemonProcess running = DaemonProcess.of(daemon, process.toHandle());
            running.record(layout.record(daemon));
            started.put(daemon, running);
        }
        return started;
    }

    private Map<Daemon, ProcessHandle> running(Set<Daemon> daemons) {
        Map<Daemon, ProcessHandle> running = new EnumMap<>(Daemon.class);
        for (Daemon daemon : daemons) {
            DaemonProcess.recorded(daemon, layout.record(daemon))
                    .flatMap(DaemonProcess::find)
                    .ifPresent(process -> running.put(daemon, process));
        }
        return running;
    }

    private void await(
            Map<Daemon, DaemonProcess> started,
            Readiness readiness,
            SandboxPorts ports,
            long startedNanos,
            Duration deadline) {
        Set<Daemon> waiting = EnumSet.copyOf(started.keySet());
        while (!waiting.isEmpty()) {
            long waitedNanos = System.nanoTime() - startedNanos;
            for (Daemon daemon : EnumSet.copyOf(waiting)) {
                if (readiness.isReady(daemon)) {
                    waiting.remove(daemon);
                    progress.accept(
                            String.format(
                                    "  %-16s ready after %4.1f s  %s",
                                    daemon.id(), waitedNanos / 1e9, daemon.address(ports)));
                } else if (started.get(daemon).find().isEmpty()) {
                    throw failure(daemon, "has ended while it started");
                }
            }
            if (!waiting.isEmpty() && waitedNanos > deadline.toNanos()) {
                throw failure(
                        waiting.iterator().next(),
                        "is not ready after " + deadline.toSeconds() + " s");
            }
            pause();
        }
    }

    private MillraceException failure(Daemon daemon, String what) {
        return new MillraceException(
                ErrorCode.CLUSTER_UNREACHABLE,
                "the sandbox's "
                        + daemon.id()
                        + " "
                        + what
                        + ". The end of "
                        + layout.log(daemon)
                        + ":\n"
                        + tail(layout.log(daemon))
                        + "\nIf its data is damaged, remove "
                        + layout.root()
                        + " and start again.");
    }

    private int stopLocked() throws IOException {
        Map<Daemon, ProcessHandle> daemons = running(EnumSet.allOf(Daemon.class));
        Optional<ProcessHandle> nodeManager = Optional.ofNullable(daemons.get(Daemon.NODEMANAGER));
        Set<ProcessHandle> containers = Containers.find(layout, nodeManager);
        Optional<SharedArchive> archive = archiveOf(daemons.keySet());
        int ended = daemons.size() + Containers.end(containers);
        new Shutdown(archive, progress).end(daemons);
        // The NodeManager may have started one more before it went.
        ended += Containers.end(Containers.find(layout, Optional.empty()));
        for (Daemon daemon : Daemon.values()) {
            Files.deleteIfExists(layout.record(daemon));
        }
        return ended;
    }

    /** Empty if the ending daemons write no archive, because there is one or there are no jars. */
    private Optional<SharedArchive> archiveOf(Set<Daemon> ending) throws IOException {
        if (ending.isEmpty() || !Files.isDirectory(libraries.hadoop())) {
            return Optional.empty();
        }
        SharedArchive archive = libraries.command(layout, Set.of()).archive();
        if (ending.stream().filter(SharedArchive::isFor).allMatch(archive::exists)) {
            return Optional.empty();
        }
        progress.accept("The daemons write class-data archives, once; the next start is faster.");
        return Optional.of(archive);
    }

    private boolean anyProcess() {
        return Stream.of(Daemon.values())
                .flatMap(daemon -> DaemonProcess.recorded(daemon, layout.record(daemon)).stream())
                .anyMatch(recorded -> recorded.find().isPresent());
    }

    private void prepareDirectories() throws IOException {
        deleteBelow(layout.scratch());
        for (Path directory :
                List.of(
                        layout.conf(),
                        layout.logs(),
                        layout.scratch().resolve("tmp"),
                        layout.containerDirs(),
                        layout.containerLogs(),
                        layout.data(Daemon.ZOOKEEPER),
                        layout.data(Daemon.KAFKA))) {
            Files.createDirectories(directory);
        }
    }

    private Optional<SandboxPorts> ports() {
        try {
            return Files.exists(layout.portsFile())
                    ? Optional.of(SandboxPorts.load(layout.portsFile()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private FileChannel openLock() throws IOException {
        Files.createDirectories(layout.run());
        return FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private FileLock lock(FileChannel file) throws IOException {
        FileLock lock = file.tryLock();
        if (lock == null) {
            progress.accept("Another start or stop of this sandbox is under way; waiting for it.");
            lock = file.lock();
        }
        return lock;
    }

    private static long rssBytes(ProcessHandle process) {
        try (Stream<String> lines =
                Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.UTF_8);
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(not readable: " + e + ")";
        }
    }

    private static void deleteBelow(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(directory)) {
            entries = new ArrayList<>(walk.toList());
        }
        for (int i = entries.size() - 1; i >= 0; i--) {
            Files.deleteIfExists(entries.get(i));
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(
                    ErrorCode.CLUSTER_UNREACHABLE, "the start of the sandbox was interrupted.");
        }
    }
}
