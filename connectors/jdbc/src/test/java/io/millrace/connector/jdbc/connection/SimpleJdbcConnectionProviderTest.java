package io.millrace.connector.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connector.jdbc.JdbcConnectionOptions.JdbcConnectionOptionsBuilder;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class SimpleJdbcConnectionProviderTest {
    private static SimpleJdbcConnectionProvider provider(String url, String driver) {
        return new SimpleJdbcConnectionProvider(
                new JdbcConnectionOptionsBuilder().withUrl(url).withDriverName(driver).build());
    }

    @Test
    void keepsAConnectionUntilItIsClosedOrMadeAnew() throws Exception {
        try (SimpleJdbcConnectionProvider provider = provider("jdbc:h2:mem:", null)) {
            assertThat(provider.getConnection()).isNull();
            assertThat(provider.isConnectionValid()).isFalse();
            Connection first = provider.getOrEstablishConnection();
            assertThat(provider.getOrEstablishConnection()).isSameAs(first);
            assertThat(provider.isConnectionValid()).isTrue();
            Connection second = provider.reestablishConnection();
            assertThat(second).isNotSameAs(first);
            assertThat(first.isClosed()).isTrue();
            provider.closeConnection();
            assertThat(second.isClosed()).isTrue();
            assertThat(provider.getConnection()).isNull();
        }
    }

    @Test
    void takesTheDriverByItsName() throws Exception {
        try (SimpleJdbcConnectionProvider provider = provider("jdbc:h2:mem:", "org.h2.Driver")) {
            assertThat(provider.getOrEstablishConnection().isValid(1)).isTrue();
        }
    }

    @Test
    void aDriverThatIsNotThereIsNamedWithTheFileToAdd() {
        assertThatThrownBy(
                        () ->
                                provider("jdbc:h2:mem:", "com.example.Driver")
                                        .getOrEstablishConnection())
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessageContaining("com.example.Driver")
                .hasMessageContaining("plugins/jdbc");
    }

    @Test
    void aDriverOfAnotherDatabaseSaysSo() {
        assertThatThrownBy(
                        () ->
                                provider("jdbc:postgresql://h/d", "org.h2.Driver")
                                        .getOrEstablishConnection())
                .hasMessageContaining("org.h2.Driver")
                .hasMessageContaining("withDriverName");
        assertThatThrownBy(() -> provider("jdbc:nothing:x", null).getOrEstablishConnection())
                .hasMessageContaining("No suitable driver");
    }
}
