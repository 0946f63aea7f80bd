package io.millrace.connector.jdbc.testing;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class or method a new {@link Database} on the server that all classes of a run
 * share: started for the first that asks, stopped after the last test.
 */
public final class SharedPostgres implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedPostgres.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Database.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        PostgresServer server =
                context.getRoot()
                        .getStore(NAMESPACE)
                        .computeIfAbsent(
                                PostgresServer.class, key -> started(), PostgresServer.class);
        try {
            return server.createDatabase("test" + NUMBER.incrementAndGet());
        } catch (SQLException e) {
            throw new IllegalStateException("no database: " + e.getMessage(), e);
        }
    }

    private static PostgresServer started() {
        try {
            return PostgresServer.start();
        } catch (IOException e) {
            throw new IllegalStateException("no PostgreSQL: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }
}
