package io.millrace.client.sandbox;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What makes a sandbox a secure one: its realm, its principals with their keytabs, and the settings
 * by which Hadoop's daemons and clients speak Kerberos. Pure but for {@link #write}.
 *
 * <p>Daemons are {@code hdfs/localhost} and {@code yarn/localhost}; people are the user who starts
 * the sandbox, {@value #GUEST}, who owns nothing, and the service {@value #LAUNCHER}, which may act
 * for {@value #GUEST}. HDFS asks DataNodes for no port below 1024 ({@code
 * ignore.secure.ports.for.testing}): transfers are authenticated all the same.
 *
 * @param user who starts the sandbox; as in the plain one, may do everything on HDFS
 * @param tokenLifetime after which delegation tokens of HDFS end; null for Hadoop's seven days
 */
record SandboxKerberos(
        SandboxLayout layout, SandboxPorts ports, String user, Duration tokenLifetime) {
    static final String GUEST = "guest";
    static final String LAUNCHER = "launcher";
    private static final String REALM_NAME = "MILLRACE";
    private static final String REALM_DOMAIN = "SANDBOX";
    private static final String REALM = REALM_NAME + "." + REALM_DOMAIN;
    private static final String SUPERGROUP = "supergroup";

    static String principalOf(String person) {
        return person + "@" + REALM;
    }

    private static String principalOfService(String name) {
        return name + "/localhost@" + REALM;
    }

    /** Writes what the key distribution center and clients read; removes keytabs of old keys. */
    void write() throws IOException {
        Files.createDirectories(layout.kerberos());
        Files.setPosixFilePermissions(
                layout.kerberos(), PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(layout.data(Daemon.KDC));
        for (Path keytab : keytabs().keySet()) {
            Files.deleteIfExists(keytab);
        }
        Files.deleteIfExists(layout.ticketCache());
        Files.writeString(layout.kdcProperties(), kdcProperties());
        Files.writeString(layout.krb5Conf(), krb5Conf());
        Files.writeString(layout.zooKeeperLogin(), zooKeeperLogin());
    }

    private Map<Path, List<String>> keytabs() {
        return Map.of(
                layout.servicesKeytab(),
                List.of(
                        "hdfs/localhost",
                        "yarn/localhost",
                        "HTTP/localhost",
                        "zookeeper/localhost"),
                layout.keytab(user),
                List.of(user),
                layout.keytab(GUEST),
                List.of(GUEST),
                layout.keytab(LAUNCHER),
                List.of(LAUNCHER));
    }

    private String kdcProperties() throws IOException {
        Properties kdc = new Properties();
        kdc.setProperty(KdcMain.DIRECTORY, layout.data(Daemon.KDC).toString());
        kdc.setProperty(KdcMain.PORT, String.valueOf(ports.of("kdc")));
        kdc.setProperty(KdcMain.REALM_NAME, REALM_NAME);
        kdc.setProperty(KdcMain.REALM_DOMAIN, REALM_DOMAIN);
        keytabs()
                .forEach(
                        (file, principals) ->
                                kdc.setProperty(
                                        KdcMain.KEYTAB + file, String.join(" ", principals)));
        StringWriter text = new StringWriter();
        kdc.store(text, null);
        return text.toString();
    }

    /** The file of Kerberos's own clients. */
    String krb5Conf() {
        return String.join(
                "\n",
                "[libdefaults]",
                "  default_realm = " + REALM,
                "  dns_lookup_kdc = false",
                "  dns_lookup_realm = false",
                "  rdns = false",
                "  forwardable = true",
                "  # TCP only",
                "  udp_preference_limit = 1",
                "[realms]",
                "  " + REALM + " = {",
                "    kdc = localhost:" + ports.of("kdc"),
                "  }",
                "[domain_realm]",
                "  localhost = " + REALM,
                "");
    }

    /** Of JAAS: how ZooKeeper's server knows who its clients are. */
    private String zooKeeperLogin() {
        return String.join(
                "\n",
                "Server {",
                "  com.sun.security.auth.module.Krb5LoginModule required",
                "  useKeyTab=true storeKey=true useTicketCache=false doNotPrompt=true",
                "  isInitiator=false",
                "  keyTab=\"" + layout.servicesKeytab() + "\"",
                "  principal=\"" + principalOfService("zookeeper") + "\";",
                "};",
                "");
    }

    SortedMap<String, String> core() {
        SortedMap<String, String> core = new TreeMap<>();
        core.put("hadoop.security.authentication", "kerberos");
        core.put("hadoop.security.authorization", "true");
        core.put("hadoop.rpc.protection", "privacy");
        // YARN stores logs of jobs, and fetches their later masters, when the tokens of the
        // submission have ended: it obtains new ones for the users.
        core.put("hadoop.proxyuser.yarn.hosts", "*");
        core.put("hadoop.proxyuser.yarn.users", user + "," + GUEST);
        // As a scheduler does, which starts jobs of its users.
        core.put("hadoop.proxyuser." + LAUNCHER + ".hosts", "*");
        core.put("hadoop.proxyuser." + LAUNCHER + ".users", GUEST);
        // The NodeManager makes directories for logs, as the plain sandbox's may.
        core.put(
                "hadoop.user.group.static.mapping.overrides",
                "hdfs=%s;yarn=%s;%s=%s;%s=;%s="
                        .formatted(SUPERGROUP, SUPERGROUP, user, SUPERGROUP, GUEST, LAUNCHER));
        return core;
    }

    SortedMap<String, String> hdfs() {
        SortedMap<String, String> hdfs = new TreeMap<>();
        for (String daemon : new String[] {"dfs.namenode", "dfs.datanode"}) {
            hdfs.put(daemon + ".kerberos.principal", principalOfService("hdfs"));
            hdfs.put(daemon + ".keytab.file", layout.servicesKeytab().toString());
        }
        hdfs.put("dfs.web.authentication.kerberos.principal", principalOfService("HTTP"));
        hdfs.put("dfs.web.authentication.kerberos.keytab", layout.servicesKeytab().toString());
        hdfs.put("dfs.permissions.superusergroup", SUPERGROUP);
        hdfs.put("dfs.block.access.token.enable", "true");
        hdfs.put("dfs.data.transfer.protection", "authentication");
        hdfs.put("dfs.http.policy", "HTTP_ONLY");
        hdfs.put("ignore.secure.ports.for.testing", "true");
        if (tokenLifetime != null) {
            String interval = String.valueOf(tokenLifetime.toMillis());
            hdfs.put("dfs.namenode.delegation.token.max-lifetime", interval);
            hdfs.put("dfs.namenode.delegation.token.renew-interval", interval);
        }
        return hdfs;
    }

    SortedMap<String, String> yarn() {
        SortedMap<String, String> yarn = new TreeMap<>();
        for (String daemon : new String[] {"yarn.resourcemanager", "yarn.nodemanager"}) {
            yarn.put(daemon + ".principal", principalOfService("yarn"));
            yarn.put(daemon + ".keytab", layout.servicesKeytab().toString());
        }
        yarn.put("yarn.resourcemanager.proxy-user-privileges.enabled", "true");
        yarn.put("yarn.acl.enable", "true");
        yarn.put("yarn.admin.acl", "yarn");
        return yarn;
    }

    /** Whoever is not named owns their applications only. */
    SortedMap<String, String> queues() {
        SortedMap<String, String> queues = new TreeMap<>();
        queues.put("yarn.scheduler.capacity.root.acl_administer_queue", "yarn");
        queues.put("yarn.scheduler.capacity.root.acl_submit_applications", "*");
        return queues;
    }
}
