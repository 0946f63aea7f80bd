package io.millrace.client.sandbox;

import java.nio.file.Path;

/**
 * Where everything of one sandbox lies. The one owner of these paths. Immutable.
 *
 * <pre>
 * root/conf/      core-site.xml … : what clients get as HADOOP_CONF_DIR
 * root/etc/       ports, zoo.cfg, the daemons' logging
 * root/kerberos/  krb5.conf, keytabs: of a secure sandbox, new with each start
 * root/run/       one record for each running daemon
 * root/logs/      one log for each daemon
 * root/data/      namenode, datanode, zookeeper: survive a stop
 * root/scratch/   nodemanager directories, temporary files: emptied by each start
 * root/cds/       class-data archives, unless they lie beside the libraries
 * </pre>
 *
 * @param root absolute
 */
record SandboxLayout(Path root) {
    SandboxLayout {
        root = root.toAbsolutePath().normalize();
    }

    Path conf() {
        return root.resolve("conf");
    }

    Path etc() {
        return root.resolve("etc");
    }

    Path portsFile() {
        return etc().resolve("ports.properties");
    }

    Path zooCfg() {
        return etc().resolve("zoo.cfg");
    }

    Path kafkaProperties() {
        return etc().resolve("kafka.properties");
    }

    Path daemonLogging() {
        return etc().resolve("log4j2-daemon.xml");
    }

    /** Keys lie here: for the owner only. */
    Path kerberos() {
        return root.resolve("kerberos");
    }

    Path krb5Conf() {
        return kerberos().resolve("krb5.conf");
    }

    Path zooKeeperLogin() {
        return kerberos().resolve("zookeeper-login.conf");
    }

    Path kdcProperties() {
        return kerberos().resolve("kdc.properties");
    }

    Path servicesKeytab() {
        return kerberos().resolve("services.keytab");
    }

    Path keytab(String person) {
        return kerberos().resolve("user-" + person + ".keytab");
    }

    /** Where {@code sandbox ticket} leaves tickets, and clients look for them. */
    Path ticketCache() {
        return kerberos().resolve("tickets");
    }

    Path run() {
        return root.resolve("run");
    }

    Path record(Daemon daemon) {
        return run().resolve(daemon.id() + ".properties");
    }

    Path lock() {
        return run().resolve("lock");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(Daemon daemon) {
        return logs().resolve(daemon.id() + ".log");
    }

    Path data(Daemon daemon) {
        return root.resolve("data").resolve(daemon.id());
    }

    Path scratch() {
        return root.resolve("scratch");
    }

    Path containerDirs() {
        return scratch().resolve("nm-local");
    }

    Path containerLogs() {
        return scratch().resolve("nm-logs");
    }

    Path archives() {
        return root.resolve("cds");
    }
}
