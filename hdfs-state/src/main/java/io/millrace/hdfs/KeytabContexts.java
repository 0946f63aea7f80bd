package io.millrace.hdfs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;

/**
 * Gives a keytab to clients that find theirs by JAAS, under the names of their login contexts;
 * other names mean what they meant before. Thread-safe; what {@link #install} changes is of the
 * whole process. Hadoop's own logins do not look at it.
 */
public final class KeytabContexts extends Configuration {
    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

    private final List<String> contexts;
    private final Map<String, String> options;
    private final Configuration others; // null: nothing was configured

    KeytabContexts(List<String> contexts, String principal, Path keytab, Configuration others) {
        this.contexts = List.copyOf(contexts);
        this.options =
                Map.of(
                        "useKeyTab", "true",
                        "storeKey", "true",
                        "useTicketCache", "false",
                        "doNotPrompt", "true",
                        "principal", principal,
                        "keyTab", keytab.toAbsolutePath().toString());
        this.others = others;
    }

    /**
     * From now on these contexts log in with the keytab.
     *
     * @param keytab on this machine
     */
    public static void install(List<String> contexts, String principal, Path keytab) {
        Configuration.setConfiguration(
                new KeytabContexts(contexts, principal, keytab, configured()));
    }

    /** Whether anything, ours or a file of JAAS, says how this context logs in. */
    static boolean has(String context) {
        Configuration configured = configured();
        return configured != null && configured.getAppConfigurationEntry(context) != null;
    }

    private static Configuration configured() {
        try {
            return Configuration.getConfiguration();
        } catch (SecurityException e) { // how it says that there is no file
            return null;
        }
    }

    @Override
    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        if (!contexts.contains(name)) {
            return others == null ? null : others.getAppConfigurationEntry(name);
        }
        return new AppConfigurationEntry[] {
            new AppConfigurationEntry(
                    MODULE, AppConfigurationEntry.LoginModuleControlFlag.REQUIRED, options)
        };
    }
}
