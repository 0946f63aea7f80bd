package io.millrace.yarn.master;

import io.millrace.hdfs.KerberosSettings;
import io.millrace.hdfs.KeytabContexts;
import io.millrace.host.CoordinatorHost;
import io.millrace.yarn.launch.ContainerLayout;
import io.millrace.yarn.launch.SecretInCredentials;
import io.millrace.yarn.token.TokenFileSystems;
import io.millrace.yarn.token.TokenRenewal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * What the application master and its workers act with: the tokens of its container, and with a
 * keytab in it those that replace them. Thread-safe.
 */
final class MasterTokens implements TokenRenewal.Receiver, AutoCloseable {
    private final MasterContainer container;
    private final TokenRenewal renewal; // null without a keytab

    // Written by the renewal's thread and by the main thread; each then reads what the other wrote.
    private volatile Credentials latest;
    private volatile String trouble;
    private volatile CoordinatorHost host;

    private MasterTokens(MasterContainer container) {
        this.container = container;
        Path keytab = container.directory().resolve(ContainerLayout.KEYTAB);
        this.renewal =
                UserGroupInformation.isSecurityEnabled() && Files.exists(keytab)
                        ? TokenRenewal.of(
                                container.hadoop(),
                                KerberosSettings.from(container.application().config()),
                                keytab,
                                TokenFileSystems.of(
                                        container.application().config(),
                                        URI.create(container.application().stagingDirectory())),
                                this)
                        : null;
    }

    /**
     * Begins to renew. A later attempt waits for its first tokens: those of its container are as
     * old as the application.
     */
    static MasterTokens start(MasterContainer container) throws InterruptedException {
        MasterTokens tokens = new MasterTokens(container);
        if (tokens.renewal != null) {
            tokens.provideLoginContexts();
            if (container.attempt() > 1) {
                tokens.renewal.turn();
            }
            tokens.renewal.start();
        }
        return tokens;
    }

    /** For clients beside Hadoop's that find their keytab by JAAS: ZooKeeper's. */
    private void provideLoginContexts() {
        KerberosSettings kerberos = KerberosSettings.from(container.application().config());
        if (!kerberos.loginContexts().isEmpty()) {
            KeytabContexts.install(
                    kerberos.loginContexts(),
                    kerberos.principal(),
                    container.directory().resolve(ContainerLayout.KEYTAB));
        }
    }

    /** Whether there is a keytab to obtain new ones with, or the cluster needs none. */
    boolean areRenewed() {
        return renewal != null || !UserGroupInformation.isSecurityEnabled();
    }

    /** For a container that is started now. */
    Credentials ofWorker() {
        return SecretInCredentials.ofWorker(user().getCredentials());
    }

    /** From now on workers and operators hear of it. */
    void tell(CoordinatorHost leading) {
        host = leading;
        Credentials known = latest;
        if (known != null) {
            leading.handOutTokens(TokenRenewal.sealed(known, container.secret()));
        }
        leading.onTrouble(trouble);
    }

    @Override
    public void onTokens(Credentials tokens) {
        user().addCredentials(tokens);
        latest = tokens;
        CoordinatorHost leading = host;
        if (leading != null) {
            leading.handOutTokens(TokenRenewal.sealed(tokens, container.secret()));
        }
    }

    @Override
    public void onTrouble(String what) {
        trouble = what;
        CoordinatorHost leading = host;
        if (leading != null) {
            leading.onTrouble(what);
        }
    }

    private static UserGroupInformation user() {
        try {
            return UserGroupInformation.getLoginUser();
        } catch (IOException e) {
            throw new UncheckedIOException("this process has a user since it started", e);
        }
    }

    @Override
    public void close() {
        if (renewal != null) {
            renewal.close();
        }
    }
}
