package io.millrace.hdfs;

import io.millrace.api.option.Option;
import java.time.Duration;
import java.util.List;

/** Options of leader election in ZooKeeper. Only this package reads them. */
final class ZooKeeperOptions {
    static final Option<String> QUORUM =
            Option.string("ha.zookeeper.quorum")
                    .describe(
                            "ZooKeeper servers as host:port, separated by commas. Set: application"
                                    + " masters elect their leader there. Not set: an application"
                                    + " master leads at once, in the epoch of its attempt.");

    static final Option<String> ROOT =
            Option.string("ha.zookeeper.root")
                    .defaultTo("/")
                    .describe(
                            "Existing znode under which each application makes one of its own,"
                                    + " which nobody else can read.");

    static final Option<Duration> SESSION_TIMEOUT =
            Option.duration("ha.zookeeper.session-timeout")
                    .defaultTo(Duration.ofSeconds(30))
                    .between(Duration.ofSeconds(1), Duration.ofMinutes(10))
                    .describe(
                            "Time without contact after which ZooKeeper gives the leadership to"
                                    + " another candidate. Lower: faster takeover. Higher: longer"
                                    + " pauses of the leader are survived.");

    static final Option<Duration> CONNECTION_TIMEOUT =
            Option.duration("ha.zookeeper.connection-timeout")
                    .defaultTo(Duration.ofSeconds(15))
                    .between(Duration.ofMillis(100), Duration.ofMinutes(10))
                    .describe("Longest wait for a connection to a ZooKeeper server.");

    static final Option<Boolean> SASL_DISABLE =
            Option.bool("zookeeper.sasl.disable")
                    .defaultTo(false)
                    .describe(
                            "Whether ZooKeeper is spoken to without SASL, whatever JAAS says. Without"
                                    + " it znodes belong to the application's key alone.");

    static final Option<String> SASL_SERVICE =
            Option.string("zookeeper.sasl.service-name")
                    .defaultTo("zookeeper")
                    .describe("First part of the Kerberos principal of ZooKeeper's servers.");

    static final Option<String> SASL_CONTEXT =
            Option.string("zookeeper.sasl.login-context-name")
                    .defaultTo("Client")
                    .describe(
                            "Login context of JAAS by which ZooKeeper's client finds its keytab; to"
                                    + " be among 'security.kerberos.login.contexts'.");

    static final List<Option<?>> ALL =
            List.of(
                    QUORUM,
                    ROOT,
                    SESSION_TIMEOUT,
                    CONNECTION_TIMEOUT,
                    SASL_DISABLE,
                    SASL_SERVICE,
                    SASL_CONTEXT);

    private ZooKeeperOptions() {}
}
