package io.millrace.client.sandbox;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The ports of one sandbox by name. Immutable.
 *
 * <p>They lie below the range from which systems take the local ports of outgoing connections, so
 * that nothing takes one by chance while the daemons are down. A sandbox keeps its ports for as
 * long as they are free, which keeps {@code hdfs://} addresses valid over a restart.
 */
record SandboxPorts(SortedMap<String, Integer> byName) {
    static final List<String> NAMES =
            List.of(
                    "zookeeper",
                    "namenode.rpc",
                    "namenode.web",
                    "datanode.data",
                    "datanode.ipc",
                    "datanode.web",
                    "resourcemanager.client",
                    "resourcemanager.scheduler",
                    "resourcemanager.tracker",
                    "resourcemanager.admin",
                    "resourcemanager.web",
                    "nodemanager.rpc",
                    "nodemanager.localizer",
                    "nodemanager.collector",
                    "nodemanager.web",
                    "nodemanager.shuffle",
                    "kafka",
                    "kafka.controller",
                    "kdc");

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    SandboxPorts {
        byName = new TreeMap<>(byName);
        if (!byName.keySet().containsAll(NAMES)) {
            throw new IllegalArgumentException("ports missing in " + byName.keySet());
        }
    }

    int of(String name) {
        return byName.get(name);
    }

    /** Those of {@code file} as far as they are free, others chosen at random. */
    static SandboxPorts choose(Path file, RandomGenerator random) throws IOException {
        Map<String, Integer> ports = new TreeMap<>();
        Set<Integer> taken = new HashSet<>();
        Properties stored = read(file);
        for (String name : NAMES) {
            int port = parse(stored.getProperty(name));
            while (!taken.add(port) || !isFree(port)) {
                port = random.nextInt(LOWEST, HIGHEST);
            }
            ports.put(name, port);
        }
        return new SandboxPorts(new TreeMap<>(ports));
    }

    /** The same, but for {@code names} that are not free, for which others are chosen. */
    SandboxPorts withFree(List<String> names, RandomGenerator random) {
        SortedMap<String, Integer> ports = new TreeMap<>(byName);
        for (String name : names) {
            int port = ports.get(name);
            ports.remove(name);
            while (ports.containsValue(port) || !isFree(port)) {
                port = random.nextInt(LOWEST, HIGHEST);
            }
            ports.put(name, port);
        }
        return new SandboxPorts(ports);
    }

    /** Those that {@link #write} stored; fails if there are none. */
    static SandboxPorts load(Path file) throws IOException {
        Properties stored = read(file);
        SortedMap<String, Integer> ports = new TreeMap<>();
        for (String name : NAMES) {
            ports.put(name, parse(stored.getProperty(name)));
        }
        return new SandboxPorts(ports);
    }

    void write(Path file) throws IOException {
        Properties stored = new Properties();
        byName.forEach((name, port) -> stored.setProperty(name, String.valueOf(port)));
        try (Writer out = Files.newBufferedWriter(file)) {
            stored.store(out, null);
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties stored = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                stored.load(in);
            }
        }
        return stored;
    }

    /** Zero, which is never free, if there is no usable number. */
    private static int parse(String text) {
        return text != null && text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static boolean isFree(int port) {
        if (port < LOWEST || port > HIGHEST) {
            return false;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
