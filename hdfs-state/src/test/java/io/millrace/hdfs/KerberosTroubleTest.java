package io.millrace.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import javax.security.sasl.SaslException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.authorize.AuthorizationException;
import org.apache.hadoop.security.token.SecretManager;
import org.junit.jupiter.api.Test;

class KerberosTroubleTest {
    private static MillraceException explained(IOException error) {
        return HadoopErrors.explain(error, "open", "hdfs://n/file");
    }

    @Test
    void withoutATicketTheAdviceIsToGetOne() {
        for (IOException error :
                new IOException[] {
                    new AccessControlException("Client cannot authenticate via:[TOKEN, KERBEROS]"),
                    new IOException("failed on socket", new SaslException("GSS initiate failed"))
                }) {
            assertThat(explained(error).code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
            assertThat(explained(error)).hasMessageContaining("kinit");
        }
    }

    @Test
    void whoMayNotIsNotToldToLogIn() {
        MillraceException denied =
                explained(new AccessControlException("Permission denied: user=guest"));
        assertThat(denied.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(denied.getMessage()).doesNotContain("kinit");
    }

    @Test
    void aServiceWithoutTheRightsOfAProxyUserIsToldWhichTheyAre() {
        String said = "User: svc/h@ACME is not allowed to impersonate ann";
        for (IOException error :
                new IOException[] {
                    new AuthorizationException(said),
                    new RemoteException(AuthorizationException.class.getName(), said),
                    new IOException("failed", new AuthorizationException(said))
                }) {
            assertThat(explained(error).code()).isEqualTo(ErrorCode.NOT_PERMITTED);
            assertThat(explained(error))
                    .hasMessageContaining("'hadoop.proxyuser.<service>.users'")
                    .hasMessageContaining("HADOOP_PROXY_USER");
        }
    }

    @Test
    void aServiceActsForWhomItWasTold() throws IOException {
        UserGroupInformation service = UserGroupInformation.createRemoteUser("svc");
        try {
            UserGroupInformation.setLoginUser(service);

            KerberosLogin.actForAnother("ann");

            assertThat(UserGroupInformation.getLoginUser().getUserName()).isEqualTo("ann");
            assertThat(UserGroupInformation.getLoginUser().getRealUser()).isEqualTo(service);
        } finally {
            UserGroupInformation.setLoginUser(null); // found anew by the next who asks
        }
    }

    @Test
    void aServiceActsForItselfIfNobodyIsNamed() throws IOException {
        UserGroupInformation service = UserGroupInformation.createRemoteUser("svc");
        try {
            UserGroupInformation.setLoginUser(service);

            KerberosLogin.actForAnother(null);
            KerberosLogin.actForAnother(" ");

            assertThat(UserGroupInformation.getLoginUser()).isSameAs(service);
        } finally {
            UserGroupInformation.setLoginUser(null);
        }
    }

    @Test
    void aTokenThatHasEndedIsNamedAndMayBeFollowedByANewOne() {
        for (IOException error :
                new IOException[] {
                    new SecretManager.InvalidToken("token has expired"),
                    new RemoteException(
                            SecretManager.InvalidToken.class.getName(), "token has expired"),
                    new IOException(
                            "call failed",
                            new RemoteException(
                                    SecretManager.InvalidToken.class.getName(),
                                    "token has expired"))
                }) {
            MillraceException explained = explained(error);
            assertThat(explained.code().advice()).isEqualTo(ErrorCode.Advice.RESTART);
            assertThat(explained)
                    .hasMessageContaining("delegation token")
                    .hasMessageContaining("security.kerberos.login.keytab");
        }
    }

    @Test
    void aKeytabAndAPrincipalComeTogether() {
        assertThatThrownBy(
                        () ->
                                KerberosSettings.from(
                                        Config.of(Map.of("security.kerberos.login.keytab", "/k"))))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("'security.kerberos.login.principal' is not");
    }

    @Test
    void withoutOptionsTicketsAreUsed() {
        KerberosSettings settings = KerberosSettings.from(Config.empty());
        assertThat(settings.hasKeytab()).isFalse();
        assertThat(settings.useTicketCache()).isTrue();
        assertThat(settings.timeRatio()).isEqualTo(0.75);
        assertThat(settings.retryBackoff()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aKeytabThatIsNotThereIsNamed() {
        assertThatThrownBy(
                        () ->
                                KerberosLogin.as(
                                        "ann@ACME.COM",
                                        java.nio.file.Path.of("/nowhere/ann.keytab"),
                                        () -> null))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED))
                .hasMessageContaining("/nowhere/ann.keytab does not exist");
    }
}
