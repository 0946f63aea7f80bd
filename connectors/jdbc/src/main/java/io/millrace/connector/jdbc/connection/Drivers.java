package io.millrace.connector.jdbc.connection;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds drivers. {@link DriverManager} gives a caller only drivers that its own class loader sees,
 * and those of a job are not seen by the connector's: so they are made here, with the job's.
 */
final class Drivers {
    private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);

    private Drivers() {}

    /**
     * @param name the driver's class; null if it is to be found by the address
     * @throws ClassNotFoundException if no loader has the class
     */
    static Driver of(String url, String name) throws SQLException, ClassNotFoundException {
        ClassLoader job = Thread.currentThread().getContextClassLoader();
        ClassLoader own = Drivers.class.getClassLoader();
        if (name != null) {
            return made(loaded(name, job == null ? own : job, own));
        }
        Driver found = job == null ? null : accepting(url, job);
        if (found == null) {
            found = accepting(url, own);
        }
        // Last, one that the program has registered by itself; it says so if there is none.
        return found == null ? DriverManager.getDriver(url) : found;
    }

    private static Class<?> loaded(String name, ClassLoader job, ClassLoader own)
            throws ClassNotFoundException {
        try {
            return Class.forName(name, true, job);
        } catch (ClassNotFoundException e) {
            try {
                return Class.forName(name, true, own);
            } catch (ClassNotFoundException again) {
                e.addSuppressed(again);
                throw new ClassNotFoundException(
                        name
                                + ", the driver of the database, is neither in the job's jar nor in"
                                + " plugins/jdbc. Add the driver's jar to one of them.",
                        e);
            }
        }
    }

    private static Driver made(Class<?> type) throws SQLException {
        try {
            return (Driver) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new SQLException(
                    type.getName() + " is not a driver that can be made: " + e.getMessage(),
                    "08001",
                    e);
        }
    }

    /** Null if there is none. */
    private static Driver accepting(String url, ClassLoader loader) throws SQLException {
        Iterator<Driver> each = ServiceLoader.load(Driver.class, loader).iterator();
        while (true) {
            try {
                if (!each.hasNext()) {
                    return null;
                }
                Driver driver = each.next();
                if (driver.acceptsURL(url)) {
                    return driver;
                }
            } catch (ServiceConfigurationError e) {
                LOG.debug("A driver cannot be loaded.", e); // another may be the one
            }
        }
    }
}
