package io.millrace.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.server.auth.DigestLoginModule;
import org.apache.zookeeper.server.auth.SASLAuthenticationProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SASL with a password in the place of Kerberos, which the secure sandbox has. */
class ZooKeeperSaslTest {
    private static final String PROVIDER = "zookeeper.authProvider.1";
    private static final String FIPS = "zookeeper.fips-mode"; // knows no passwords

    private TestingServer server;

    /** Of JAAS, for server and client. */
    private static final class Passwords extends Configuration {
        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            Map<String, String> options =
                    switch (name) {
                        case "Server" -> Map.of("user_ann", "secret");
                        case "Ours" -> Map.of("username", "ann", "password", "secret");
                        default -> null;
                    };
            return options == null
                    ? null
                    : new AppConfigurationEntry[] {
                        new AppConfigurationEntry(
                                DigestLoginModule.class.getName(),
                                AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                                options)
                    };
        }
    }

    @BeforeEach
    void start() throws Exception {
        Configuration.setConfiguration(new Passwords());
        System.setProperty(PROVIDER, SASLAuthenticationProvider.class.getName());
        System.setProperty(FIPS, "false");
        server = new TestingServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        System.clearProperty(PROVIDER);
        System.clearProperty(FIPS);
        Configuration.setConfiguration(null);
    }

    /** To whom a node of an application belongs that speaks to ZooKeeper so. */
    private List<String> ownersOfANode(ZooKeeperSasl sasl) throws Exception {
        ZooKeeperSettings settings =
                new ZooKeeperSettings(server.getConnectString(), "/", 30_000, 5_000, sasl);
        try (CuratorFramework client =
                ZooKeeperClient.of(settings, "application_1_0001", new byte[32])) {
            client.start();
            client.create().forPath("/node");
            return client.getACL().forPath("/node").stream()
                    .map(acl -> acl.getId())
                    .map(ZooKeeperSaslTest::schemeAndName)
                    .toList();
        }
    }

    private static String schemeAndName(Id id) {
        return id.getScheme() + ":" + id.getId().replaceAll(":.*", "");
    }

    @Test
    void nodesBelongToWhoLoggedInAndToTheApplicationsKey() throws Exception {
        assertThat(ownersOfANode(new ZooKeeperSasl(true, "zookeeper", "Ours")))
                .containsExactlyInAnyOrder("sasl:ann", "digest:application_1_0001");
    }

    @Test
    void withoutItTheyBelongToTheKeyAlone() throws Exception {
        assertThat(ownersOfANode(new ZooKeeperSasl(false, "zookeeper", "Ours")))
                .containsExactly("digest:application_1_0001");
    }

    @Test
    void whereJaasHasNothingItIsDoneWithout() throws Exception {
        assertThat(ownersOfANode(new ZooKeeperSasl(true, "zookeeper", "Missing")))
                .containsExactly("digest:application_1_0001");
    }
}
