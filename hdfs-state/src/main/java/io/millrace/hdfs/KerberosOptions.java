package io.millrace.hdfs;

import io.millrace.api.option.Option;
import java.time.Duration;
import java.util.List;

/** Options of Kerberos and of Hadoop's delegation tokens. */
final class KerberosOptions {
    static final Option<String> KEYTAB =
            Option.string("security.kerberos.login.keytab")
                    .describe(
                            "Keytab on this machine with which a secure cluster is spoken to. A job"
                                    + " on YARN takes it along, for its application master only,"
                                    + " which gets new delegation tokens with it: such a job may"
                                    + " run for longer than tokens live.");

    static final Option<String> PRINCIPAL =
            Option.string("security.kerberos.login.principal")
                    .describe("Whose keys 'security.kerberos.login.keytab' holds.");

    static final Option<Boolean> USE_TICKET_CACHE =
            Option.bool("security.kerberos.login.use-ticket-cache")
                    .defaultTo(true)
                    .describe(
                            "Without a keytab: whether the tickets of 'kinit' are used. A job"
                                    + " submitted with them ends when its delegation tokens do.");

    static final Option<String> KRB5_CONF =
            Option.string("security.kerberos.krb5-conf.path")
                    .describe(
                            "The krb5.conf to use, and to send along with jobs on YARN. Not set:"
                                    + " that of the variable KRB5_CONFIG, which is sent along too,"
                                    + " else the machine's.");

    static final Option<List<String>> FILE_SYSTEMS =
            Option.listOf(Option.string("security.kerberos.access.hadoopFileSystems"))
                    .defaultTo(List.of())
                    .describe(
                            "Further secure file systems that a job on YARN gets delegation tokens"
                                    + " of, beside the one of its staging directory and those of"
                                    + " checkpoints and savepoints.");

    static final Option<String> LOGIN_CONTEXTS =
            Option.string("security.kerberos.login.contexts")
                    .defaultTo("")
                    .describe(
                            "Login contexts of JAAS that the keytab is given to, separated by"
                                    + " commas. 'Client': the application master proves to"
                                    + " ZooKeeper by Kerberos who it is. Other clients than"
                                    + " ZooKeeper's log in by options of their own.");

    static final Option<Double> TIME_RATIO =
            Option.decimal("security.delegation.tokens.renewal.time-ratio")
                    .defaultTo(0.75)
                    .between(0.05, 0.95)
                    .describe(
                            "With a keytab: the part of a delegation token's life after which new"
                                    + " ones are obtained.");

    static final Option<Duration> RETRY_BACKOFF =
            Option.duration("security.delegation.tokens.renewal.retry.backoff")
                    .defaultTo(Duration.ofMinutes(5))
                    .between(Duration.ofSeconds(1), Duration.ofDays(1))
                    .describe(
                            "With a keytab: the longest pause before new delegation tokens are"
                                    + " asked for again after a failure. It is shorter if the old"
                                    + " ones end soon.");

    static final List<Option<?>> ALL =
            List.of(
                    KEYTAB,
                    PRINCIPAL,
                    USE_TICKET_CACHE,
                    KRB5_CONF,
                    FILE_SYSTEMS,
                    LOGIN_CONTEXTS,
                    TIME_RATIO,
                    RETRY_BACKOFF);

    private KerberosOptions() {}
}
