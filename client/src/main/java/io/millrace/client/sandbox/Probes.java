package io.millrace.client.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * Asks the daemons whether they are ready, over the doors that they have anyway. Immutable; each
 * question answers within {@value #TIMEOUT_MS} ms.
 */
final class Probes implements Sandbox.Readiness {
    private static final int TIMEOUT_MS = 2_000;

    private final SandboxLayout layout;
    private final SandboxPorts ports;
    private final ObjectMapper json = new ObjectMapper();

    Probes(SandboxLayout layout, SandboxPorts ports) {
        this.layout = layout;
        this.ports = ports;
    }

    @Override
    public boolean isReady(Daemon daemon) {
        try {
            return switch (daemon) {
                case ZOOKEEPER -> zooKeeperAnswers();
                case NAMENODE -> nameNodeIsOutOfSafeMode();
                case DATANODE -> nameNodeState().path("NumLiveDataNodes").asInt() > 0;
                case RESOURCEMANAGER -> resourceManagerHasStarted();
                case NODEMANAGER -> nodeIsRunning();
                case KAFKA -> kafkaAnswers();
                case KDC -> keysAreThere();
            };
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    private boolean zooKeeperAnswers() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.of("zookeeper")),
                    TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write("ruok".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(4);
            return new String(answer, StandardCharsets.US_ASCII).equals("imok");
        }
    }

    /** A request for the versions of its API, the first of every client. */
    private boolean kafkaAnswers() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.of("kafka")),
                    TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(10); // bytes that follow
            out.writeShort(18); // ApiVersions
            out.writeShort(0); // its first version
            out.writeInt(1); // our number of the request
            out.writeShort(-1); // no name of the client
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return in.readInt() >= 6 && in.readInt() == 1 && in.readShort() == 0;
        }
    }

    /** Keytabs are written after the KDC listens. */
    private boolean keysAreThere() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.of("kdc")),
                    TIMEOUT_MS);
            return Files.exists(layout.servicesKeytab())
                    && Files.exists(layout.keytab(System.getProperty("user.name")))
                    && Files.exists(layout.keytab(SandboxKerberos.GUEST))
                    && Files.exists(layout.keytab(SandboxKerberos.LAUNCHER));
        }
    }

    private boolean nameNodeIsOutOfSafeMode() throws IOException {
        return nameNodeState().path("FSState").asText().equals("Operational");
    }

    private JsonNode nameNodeState() throws IOException {
        return get("namenode.web", "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState")
                .path("beans")
                .path(0);
    }

    private boolean resourceManagerHasStarted() throws IOException {
        JsonNode info = get("resourcemanager.web", "/ws/v1/cluster/info").path("clusterInfo");
        return info.path("state").asText().equals("STARTED");
    }

    private boolean nodeIsRunning() throws IOException {
        JsonNode nodes = get("resourcemanager.web", "/ws/v1/cluster/nodes?states=RUNNING");
        return nodes.path("nodes").path("node").size() > 0;
    }

    private JsonNode get(String port, String path) throws IOException {
        URL url = new URL("http://localhost:" + ports.of(port) + path);
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        connection.setRequestProperty("Accept", "application/json");
        try (InputStream body = connection.getInputStream()) {
            return json.readTree(body);
        }
    }
}
