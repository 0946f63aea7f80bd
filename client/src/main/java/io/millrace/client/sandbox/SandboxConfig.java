package io.millrace.client.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The configuration files of one sandbox. Pure but for {@link #write}.
 *
 * <p>Everything binds and advertises {@code localhost}. Intervals are short, for a cluster of one
 * node has no herd to fear, and a person waits for it.
 */
final class SandboxConfig {
    private final SandboxLayout layout;
    private final SandboxPorts ports;
    private final SandboxKerberos kerberos; // null in a plain sandbox

    SandboxConfig(SandboxLayout layout, SandboxPorts ports, SandboxKerberos kerberos) {
        this.layout = layout;
        this.ports = ports;
        this.kerberos = kerberos;
    }

    /** Writes all files, replacing older ones. */
    void write() throws IOException {
        Files.createDirectories(layout.conf());
        Files.createDirectories(layout.etc());
        for (Map.Entry<String, String> file : hadoopFiles().entrySet()) {
            replace(layout.conf().resolve(file.getKey()), file.getValue());
        }
        replace(layout.zooCfg(), zooCfg());
        replace(layout.kafkaProperties(), kafkaProperties());
        replace(layout.daemonLogging(), daemonLogging());
        if (kerberos != null) {
            kerberos.write();
        }
        ports.write(layout.portsFile());
    }

    /** The broker's file and the ports alone: what the other daemons have read stays. */
    void writeForBroker() throws IOException {
        replace(layout.kafkaProperties(), kafkaProperties());
        ports.write(layout.portsFile());
    }

    /** The files of {@code HADOOP_CONF_DIR} by name. */
    SortedMap<String, String> hadoopFiles() {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("core-site.xml", xml(with(core(), SandboxKerberos::core)));
        files.put("hdfs-site.xml", xml(with(hdfs(), SandboxKerberos::hdfs)));
        files.put("yarn-site.xml", xml(with(yarn(), SandboxKerberos::yarn)));
        files.put("mapred-site.xml", xml(mapred()));
        files.put("capacity-scheduler.xml", xml(with(queues(), SandboxKerberos::queues)));
        return files;
    }

    private SortedMap<String, String> with(
            SortedMap<String, String> plain,
            Function<SandboxKerberos, SortedMap<String, String>> secured) {
        if (kerberos != null) {
            plain.putAll(secured.apply(kerberos));
        }
        return plain;
    }

    private SortedMap<String, String> mapred() {
        SortedMap<String, String> mapred = new TreeMap<>();
        mapred.put("mapreduce.framework.name", "yarn");
        // Read by the service in the NodeManager, which finds this file as clients do.
        mapred.put("mapreduce.shuffle.port", String.valueOf(ports.of("nodemanager.shuffle")));
        return mapred;
    }

    private SortedMap<String, String> core() {
        SortedMap<String, String> core = new TreeMap<>();
        core.put("fs.defaultFS", "hdfs://" + local("namenode.rpc"));
        core.put("hadoop.tmp.dir", layout.scratch().resolve("tmp").toString());
        core.put("hadoop.zk.address", local("zookeeper"));
        // Daemons start side by side and find each other as soon as the other listens.
        core.put("ipc.client.connect.retry.interval", "100");
        core.put("ipc.client.connect.max.retries", "100");
        return core;
    }

    private SortedMap<String, String> hdfs() {
        SortedMap<String, String> hdfs = new TreeMap<>();
        hdfs.put("dfs.namenode.name.dir", layout.data(Daemon.NAMENODE).toUri().toString());
        hdfs.put("dfs.namenode.rpc-address", local("namenode.rpc"));
        hdfs.put("dfs.namenode.rpc-bind-host", "localhost");
        hdfs.put("dfs.namenode.http-address", local("namenode.web"));
        hdfs.put("dfs.namenode.http-bind-host", "localhost");
        hdfs.put("dfs.namenode.safemode.extension", "0");
        hdfs.put("dfs.namenode.datanode.registration.ip-hostname-check", "false");
        hdfs.put("dfs.datanode.data.dir", layout.data(Daemon.DATANODE).toUri().toString());
        hdfs.put("dfs.datanode.hostname", "localhost");
        hdfs.put("dfs.datanode.address", local("datanode.data"));
        hdfs.put("dfs.datanode.ipc.address", local("datanode.ipc"));
        hdfs.put("dfs.datanode.http.address", local("datanode.web"));
        hdfs.put("dfs.client.use.datanode.hostname", "true");
        hdfs.put("dfs.client.block.write.replace-datanode-on-failure.enable", "false");
        hdfs.put("dfs.replication", "1");
        hdfs.put("dfs.heartbeat.interval", "1");
        hdfs.put("dfs.block.scanner.volume.bytes.per.second", "0");
        hdfs.put("dfs.disk.balancer.enabled", "false");
        return hdfs;
    }

    private SortedMap<String, String> yarn() {
        SortedMap<String, String> yarn = new TreeMap<>();
        yarn.put("yarn.resourcemanager.hostname", "localhost");
        yarn.put("yarn.resourcemanager.bind-host", "localhost");
        yarn.put("yarn.resourcemanager.address", local("resourcemanager.client"));
        yarn.put("yarn.resourcemanager.scheduler.address", local("resourcemanager.scheduler"));
        yarn.put("yarn.resourcemanager.resource-tracker.address", local("resourcemanager.tracker"));
        yarn.put("yarn.resourcemanager.admin.address", local("resourcemanager.admin"));
        yarn.put("yarn.resourcemanager.webapp.address", local("resourcemanager.web"));
        // As the default of clusters is 2, so is that of a job: yarn.max-attempts.
        yarn.put("yarn.resourcemanager.am.max-attempts", "100");
        yarn.put("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "100");
        yarn.put("yarn.resourcemanager.connect.retry-interval.ms", "200");
        yarn.put(
                "yarn.resourcemanager.scheduler.class",
                "org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler");
        yarn.put("yarn.scheduler.minimum-allocation-mb", "64");
        yarn.put("yarn.scheduler.maximum-allocation-mb", "4096");
        yarn.put("yarn.client.application-client-protocol.poll-interval-ms", "50");

        yarn.put("yarn.nodemanager.hostname", "localhost");
        yarn.put("yarn.nodemanager.bind-host", "localhost");
        yarn.put("yarn.nodemanager.address", local("nodemanager.rpc"));
        yarn.put("yarn.nodemanager.localizer.address", local("nodemanager.localizer"));
        yarn.put("yarn.nodemanager.collector-service.address", local("nodemanager.collector"));
        yarn.put("yarn.nodemanager.webapp.address", local("nodemanager.web"));
        yarn.put("yarn.nodemanager.aux-services", "mapreduce_shuffle");
        yarn.put(
                "yarn.nodemanager.aux-services.mapreduce_shuffle.class",
                "org.apache.hadoop.mapred.ShuffleHandler");
        yarn.put("yarn.nodemanager.resource.memory-mb", "6144");
        yarn.put("yarn.nodemanager.resource.cpu-vcores", "8");
        yarn.put("yarn.nodemanager.local-dirs", layout.containerDirs().toString());
        yarn.put("yarn.nodemanager.log-dirs", layout.containerLogs().toString());
        yarn.put("yarn.nodemanager.env-whitelist", "JAVA_HOME");
        yarn.put("yarn.nodemanager.vmem-check-enabled", "false");
        yarn.put("yarn.nodemanager.delete.debug-delay-sec", "0");
        yarn.put(
                "yarn.nodemanager.disk-health-checker."
                        + "max-disk-utilization-per-disk-percentage",
                "99.5");
        yarn.put("yarn.log-aggregation-enable", "true");
        yarn.put("yarn.log-aggregation.retain-seconds", "604800");
        yarn.put("yarn.nodemanager.remote-app-log-dir", "/yarn-logs");
        return yarn;
    }

    private static SortedMap<String, String> queues() {
        String root = "yarn.scheduler.capacity.root.";
        SortedMap<String, String> queues = new TreeMap<>();
        queues.put("yarn.scheduler.capacity.maximum-am-resource-percent", "0.8");
        queues.put("yarn.scheduler.capacity.node-locality-delay", "0");
        queues.put(root + "queues", "default,batch,small");
        queues.put(root + "default.capacity", "70");
        queues.put(root + "batch.capacity", "30");
        for (String queue : new String[] {"default", "batch"}) {
            queues.put(root + queue + ".maximum-capacity", "100");
            // One user may use all that nobody else uses.
            queues.put(root + queue + ".user-limit-factor", "10");
            queues.put(root + queue + ".state", "RUNNING");
        }
        // For what happens where a job does not fit: it may never have more than a tenth.
        queues.put(root + "small.capacity", "0");
        queues.put(root + "small.maximum-capacity", "10");
        queues.put(root + "small.state", "RUNNING");
        return queues;
    }

    private String zooCfg() {
        return String.join(
                "\n",
                "dataDir=" + layout.data(Daemon.ZOOKEEPER),
                "clientPort=" + ports.of("zookeeper"),
                "clientPortAddress=localhost",
                "tickTime=1000",
                "maxClientCnxns=0",
                "admin.enableServer=false",
                "4lw.commands.whitelist=ruok,srvr,mntr",
                // Who has no ticket is let in, too, and belongs to nobody.
                kerberos == null
                        ? ""
                        : "authProvider.1="
                                + "org.apache.zookeeper.server.auth.SASLAuthenticationProvider",
                "");
    }

    private String kafkaProperties() {
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=1",
                "listeners=PLAINTEXT://"
                        + local("kafka")
                        + ",CONTROLLER://"
                        + local("kafka.controller"),
                "advertised.listeners=PLAINTEXT://" + local("kafka"),
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.quorum.voters=1@" + local("kafka.controller"),
                "log.dirs=" + layout.data(Daemon.KAFKA),
                // One broker: nothing has a second replica.
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=4",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.state.log.num.partitions=4",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "group.initial.rebalance.delay.ms=0",
                "log.cleaner.dedupe.buffer.size=4194304",
                "");
    }

    private static String daemonLogging() {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <Configuration status="warn" shutdownHook="disable">
          <Appenders>
            <Console name="log">
              <PatternLayout pattern="%d{ISO8601} %-5p [%t] %c: %m%n"/>
            </Console>
          </Appenders>
          <Loggers>
            <Logger name="http.requests" level="warn"/>
            <Root level="info"><AppenderRef ref="log"/></Root>
          </Loggers>
        </Configuration>
        """;
    }

    private String local(String port) {
        return "localhost:" + ports.of(port);
    }

    static String xml(Map<String, String> properties) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<configuration>\n");
        new TreeMap<>(properties)
                .forEach(
                        (name, value) ->
                                xml.append("  <property><name>")
                                        .append(name)
                                        .append("</name><value>")
                                        .append(escape(value))
                                        .append("</value></property>\n"));
        return xml.append("</configuration>\n").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void replace(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }
}
