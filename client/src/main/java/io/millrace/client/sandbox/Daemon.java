package io.millrace.client.sandbox;

import java.util.List;

/** One process of the sandbox. Declared in the order in which people read them. Immutable. */
public enum Daemon {
    ZOOKEEPER("org.apache.zookeeper.server.quorum.QuorumPeerMain", 96),
    NAMENODE("org.apache.hadoop.hdfs.server.namenode.NameNode", 256),
    DATANODE("org.apache.hadoop.hdfs.server.datanode.DataNode", 256),
    RESOURCEMANAGER("org.apache.hadoop.yarn.server.resourcemanager.ResourceManager", 256),
    NODEMANAGER("org.apache.hadoop.yarn.server.nodemanager.NodeManager", 256),
    /** Broker and controller; only where it is asked for. */
    KAFKA("kafka.Kafka", 512),
    /** The key distribution center; only in a secure sandbox, where it starts before all others. */
    KDC(KdcMain.class.getName(), 96);

    private final String mainClass;
    private final int heapMb;

    Daemon(String mainClass, int heapMb) {
        this.mainClass = mainClass;
        this.heapMb = heapMb;
    }

    /** Whether it runs only where it is asked for, with libraries of its own. */
    boolean isOptional() {
        return this == KAFKA || this == KDC;
    }

    /** The name in files, messages and tables. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String mainClass() {
        return mainClass;
    }

    int heapMb() {
        return heapMb;
    }

    List<String> arguments(SandboxLayout layout) {
        return switch (this) {
            case ZOOKEEPER -> List.of(layout.zooCfg().toString());
            case KAFKA -> List.of(layout.kafkaProperties().toString());
            case KDC -> List.of(layout.kdcProperties().toString());
            case NAMENODE, DATANODE, RESOURCEMANAGER, NODEMANAGER -> List.of();
        };
    }

    /** Where a person or a program reaches this daemon. */
    String address(SandboxPorts ports) {
        return switch (this) {
            case ZOOKEEPER -> "localhost:" + ports.of("zookeeper");
            case NAMENODE -> "hdfs://localhost:" + ports.of("namenode.rpc");
            case DATANODE -> "localhost:" + ports.of("datanode.data");
            case RESOURCEMANAGER -> "http://localhost:" + ports.of("resourcemanager.web");
            case NODEMANAGER -> "http://localhost:" + ports.of("nodemanager.web");
            case KAFKA -> "localhost:" + ports.of("kafka");
            case KDC -> "localhost:" + ports.of("kdc");
        };
    }
}
