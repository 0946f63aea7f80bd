package io.millrace.client.sandbox;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * A daemon that was started, as its record names it: process id and the instant at which the
 * process began, so that a recycled id is never taken for ours. Immutable.
 *
 * @param startedAt as the operating system reports it
 */
record DaemonProcess(Daemon daemon, long pid, Instant startedAt) {
    /** Systems report the start with the precision of their clock ticks. */
    private static final long TOLERANCE_MS = 2_000;

    static DaemonProcess of(Daemon daemon, ProcessHandle process) {
        Instant startedAt = process.info().startInstant().orElseGet(Instant::now);
        return new DaemonProcess(daemon, process.pid(), startedAt);
    }

    /** The recorded process, running or not; empty without a readable record. */
    static Optional<DaemonProcess> recorded(Daemon daemon, Path record) {
        Properties stored = new Properties();
        try (Reader in = Files.newBufferedReader(record)) {
            stored.load(in);
            return Optional.of(
                    new DaemonProcess(
                            daemon,
                            Long.parseLong(stored.getProperty("pid", "")),
                            Instant.ofEpochMilli(
                                    Long.parseLong(stored.getProperty("startedAtMs", "")))));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Writes the record in one step, so that a reader sees all of it or nothing. */
    void record(Path record) throws IOException {
        Properties stored = new Properties();
        stored.setProperty("pid", String.valueOf(pid));
        stored.setProperty("startedAtMs", String.valueOf(startedAt.toEpochMilli()));
        Path aside = record.resolveSibling(record.getFileName() + ".new");
        try (Writer out = Files.newBufferedWriter(aside)) {
            stored.store(out, null);
        }
        Files.move(aside, record, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The live process; empty if it has ended, also if its id now belongs to another. */
    Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::beganAsRecorded);
    }

    private boolean beganAsRecorded(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(began -> Math.abs(began.toEpochMilli() - startedAt.toEpochMilli()))
                .map(difference -> difference <= TOLERANCE_MS)
                .orElse(false);
    }
}
