package io.millrace.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import org.junit.jupiter.api.Test;

class KeytabContextsTest {
    private static final Path KEYTAB = Path.of("/keys/ann.keytab");

    private static AppConfigurationEntry entry(String module) {
        return new AppConfigurationEntry(
                module, AppConfigurationEntry.LoginModuleControlFlag.REQUIRED, Map.of());
    }

    @Test
    void itsContextsLogInWithTheKeytabAndOthersAsBefore() {
        Configuration before =
                new Configuration() {
                    @Override
                    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                        return new AppConfigurationEntry[] {entry("before." + name)};
                    }
                };
        Configuration contexts = new KeytabContexts(List.of("Client"), "ann@ACME", KEYTAB, before);

        assertThat(contexts.getAppConfigurationEntry("Client"))
                .singleElement()
                .satisfies(
                        login -> {
                            assertThat(login.getLoginModuleName()).endsWith("Krb5LoginModule");
                            assertThat(login.getOptions())
                                    .satisfies(
                                            options -> {
                                                assertThat(options.get("principal"))
                                                        .isEqualTo("ann@ACME");
                                                assertThat(options.get("keyTab"))
                                                        .isEqualTo(KEYTAB.toString());
                                                assertThat(options.get("useKeyTab"))
                                                        .isEqualTo("true");
                                            });
                        });
        assertThat(contexts.getAppConfigurationEntry("Other"))
                .extracting(AppConfigurationEntry::getLoginModuleName)
                .containsExactly("before.Other");
        assertThat(
                        new KeytabContexts(List.of(), "ann@ACME", KEYTAB, null)
                                .getAppConfigurationEntry("Client"))
                .isNull();
    }

    @Test
    void contextsAreNamesBetweenCommas() {
        Config config =
                Config.of(
                        Map.of(
                                "security.kerberos.login.keytab", KEYTAB.toString(),
                                "security.kerberos.login.principal", "ann@ACME",
                                "security.kerberos.login.contexts", "Client, Other ,"));

        assertThat(KerberosSettings.from(config).loginContexts())
                .containsExactly("Client", "Other");
    }

    @Test
    void withoutAKeytabThereIsNothingToGiveThem() {
        Config config = Config.of(Map.of("security.kerberos.login.contexts", "Client"));

        assertThatThrownBy(() -> KerberosSettings.from(config))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("INVALID_OPTION: ")
                .hasMessageContaining("'security.kerberos.login.contexts' names [Client]")
                .hasMessageContaining("'security.kerberos.login.keytab'");
    }
}
