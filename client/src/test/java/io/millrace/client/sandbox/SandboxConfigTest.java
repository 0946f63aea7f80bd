package io.millrace.client.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SandboxConfigTest {
    @TempDir Path directory;

    private SandboxPorts ports() throws Exception {
        return SandboxPorts.choose(directory.resolve("none"), new Random(1));
    }

    @Test
    void choosesDifferentPortsBelowThoseOfOutgoingConnections() throws Exception {
        SandboxPorts ports = ports();
        assertThat(new HashSet<>(ports.byName().values())).hasSize(SandboxPorts.NAMES.size());
        assertThat(ports.byName().values()).allMatch(port -> port >= 20_000 && port <= 32_000);
    }

    @Test
    void keepsItsPortsOverARestart() throws Exception {
        SandboxPorts ports = ports();
        Path file = directory.resolve("ports.properties");
        ports.write(file);
        assertThat(SandboxPorts.choose(file, new Random(2))).isEqualTo(ports);
        assertThat(SandboxPorts.load(file)).isEqualTo(ports);
    }

    @Test
    void choosesAnotherPortForOneThatIsTaken() throws Exception {
        SandboxPorts ports = ports();
        Path file = directory.resolve("ports.properties");
        ports.write(file);
        try (ServerSocket taken =
                new ServerSocket(
                        ports.of("zookeeper"), 1, java.net.InetAddress.getLoopbackAddress())) {
            SandboxPorts next = SandboxPorts.choose(file, new Random(2));
            assertThat(next.of("zookeeper")).isNotEqualTo(taken.getLocalPort());
            assertThat(next.of("namenode.rpc")).isEqualTo(ports.of("namenode.rpc"));
        }
    }

    @Test
    void givesKafkaOtherPortsBesideDaemonsThatRun() throws Exception {
        SandboxPorts ports = ports();
        try (ServerSocket broker =
                        new ServerSocket(
                                ports.of("kafka"), 1, java.net.InetAddress.getLoopbackAddress());
                ServerSocket running =
                        new ServerSocket(
                                ports.of("zookeeper"),
                                1,
                                java.net.InetAddress.getLoopbackAddress())) {
            SandboxPorts next = ports.withFree(List.of("kafka", "kafka.controller"), new Random(2));

            assertThat(next.of("kafka")).isNotEqualTo(broker.getLocalPort());
            assertThat(next.of("kafka.controller")).isEqualTo(ports.of("kafka.controller"));
            assertThat(next.of("zookeeper")).isEqualTo(running.getLocalPort());
        }
    }

    @Test
    void bindsAndAdvertisesLocalhostOnly() throws Exception {
        SandboxPorts ports = ports();
        Map<String, String> yarn = properties(ports, "yarn-site.xml");
        assertThat(yarn)
                .containsEntry("yarn.nodemanager.hostname", "localhost")
                .containsEntry("yarn.resourcemanager.bind-host", "localhost")
                .containsEntry(
                        "yarn.resourcemanager.address",
                        "localhost:" + ports.of("resourcemanager.client"));
        for (String file : new String[] {"core-site.xml", "hdfs-site.xml", "yarn-site.xml"}) {
            assertThat(properties(ports, file).entrySet())
                    .filteredOn(entry -> entry.getKey().endsWith("address"))
                    .allMatch(entry -> entry.getValue().startsWith("localhost:"));
        }
    }

    @Test
    void tellsClientsWhereZooKeeperIs() throws Exception {
        SandboxPorts ports = ports();
        assertThat(properties(ports, "core-site.xml"))
                .containsEntry("hadoop.zk.address", "localhost:" + ports.of("zookeeper"));
    }

    @Test
    void sharesTheClusterAmongItsQueues() throws Exception {
        Map<String, String> queues = properties(ports(), "capacity-scheduler.xml");
        assertThat(queues)
                .containsEntry("yarn.scheduler.capacity.root.queues", "default,batch,small");
        int sum =
                Integer.parseInt(queues.get("yarn.scheduler.capacity.root.default.capacity"))
                        + Integer.parseInt(
                                queues.get("yarn.scheduler.capacity.root.batch.capacity"));
        assertThat(sum).isEqualTo(100);
    }

    @Test
    void escapesWhatXmlWouldTakeForMarkup() throws Exception {
        assertThat(parse(SandboxConfig.xml(Map.of("a", "x < y & z"))))
                .containsEntry("a", "x < y & z");
    }

    @Test
    void writesFilesForClientsAndDaemonsApart() throws Exception {
        SandboxLayout layout = new SandboxLayout(directory.resolve("sandbox"));
        new SandboxConfig(layout, ports(), null).write();
        assertThat(layout.conf())
                .isDirectoryContaining("glob:**core-site.xml")
                .isDirectoryNotContaining("glob:**log4j2*");
        assertThat(Files.readString(layout.zooCfg())).contains("clientPortAddress=localhost");
    }

    private Map<String, String> properties(SandboxPorts ports, String file) throws Exception {
        SandboxLayout layout = new SandboxLayout(directory.resolve("sandbox"));
        return parse(new SandboxConfig(layout, ports, null).hadoopFiles().get(file));
    }

    private static Map<String, String> parse(String xml) throws Exception {
        NodeList nodes =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(xml)))
                        .getElementsByTagName("property");
        Map<String, String> properties = new TreeMap<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            properties.put(
                    nodes.item(i).getFirstChild().getTextContent(),
                    nodes.item(i).getLastChild().getTextContent());
        }
        return properties;
    }
}
