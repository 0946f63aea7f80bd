package io.millrace.client.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The command line of a daemon. Immutable.
 *
 * @param classPath the {@link SupportJar}, then the daemons' jars
 * @param kafka the same for Kafka, whose libraries are of other versions than Hadoop's; empty if
 *     they are not there
 * @param kdc the same for the key distribution center
 * @param secure whether daemons speak Kerberos
 */
record DaemonCommand(
        SandboxLayout layout,
        List<Path> classPath,
        List<Path> kafka,
        List<Path> kdc,
        SharedArchive archive,
        boolean secure) {
    DaemonCommand {
        classPath = List.copyOf(classPath);
        kafka = List.copyOf(kafka);
        kdc = List.copyOf(kdc);
    }

    /**
     * Starts the daemon, its output appended to its log, out of reach of the terminal's signals.
     */
    Process start(Daemon daemon) throws IOException {
        Path log = layout.log(daemon);
        ProcessBuilder builder = new ProcessBuilder(line(daemon));
        builder.directory(layout.root().toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("HADOOP_"));
        environment.keySet().removeAll(List.of("CLASSPATH", "JAVA_TOOL_OPTIONS"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    /** What gets a ticket of the sandbox's own KDC into {@link SandboxLayout#ticketCache}. */
    ProcessBuilder ticket(String person, String principal, long lifetimeSeconds) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        line.add("-Dlog4j2.level=WARN");
        line.add("-cp");
        line.add(String.join(File.pathSeparator, kdc.stream().map(Path::toString).toList()));
        line.add(TicketMain.class.getName());
        line.add(layout.kerberos().toString());
        line.add(principal);
        line.add(layout.keytab(person).toString());
        line.add(layout.ticketCache().toString());
        line.add(String.valueOf(lifetimeSeconds));
        return new ProcessBuilder(line);
    }

    List<String> line(Daemon daemon) {
        List<String> line = new ArrayList<>();
        // A session of its own: neither Ctrl-C nor a closed terminal ends the daemon.
        onPath("setsid").map(Path::toString).ifPresent(line::add);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-Xmx" + daemon.heapMb() + "m");
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        line.addAll(archive.options(daemon));
        List<Path> jars = daemon == Daemon.KAFKA ? kafka : daemon == Daemon.KDC ? kdc : classPath;
        if (secure) {
            line.add("-Djava.security.krb5.conf=" + layout.krb5Conf());
            if (daemon == Daemon.ZOOKEEPER) {
                line.add("-Djava.security.auth.login.config=" + layout.zooKeeperLogin());
            }
        }
        line.add("-Djava.net.preferIPv4Stack=true");
        line.add("-Djava.io.tmpdir=" + layout.scratch());
        line.add("-Dlog4j2.configurationFile=" + layout.daemonLogging().toUri());
        line.add("-cp");
        line.add(String.join(File.pathSeparator, jars.stream().map(Path::toString).toList()));
        line.add(DaemonMain.class.getName());
        line.add(layout.conf().toString());
        line.add(layout.data(daemon).toString());
        line.add(daemon.mainClass());
        line.addAll(daemon.arguments(layout));
        return line;
    }

    private static java.util.Optional<Path> onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
