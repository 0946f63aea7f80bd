package io.millrace.connector.jdbc.sink;

import io.millrace.connector.jdbc.testing.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/** Data sources whose commits run something before, or lose their answer. Thread-safe. */
final class CommitHook {
    /** Run once, before the next commit; null for nothing. */
    static final AtomicReference<Callable<?>> BEFORE = new AtomicReference<>();

    /** Whether the next commit is done and its answer lost. */
    static final AtomicReference<Boolean> LOSES_ANSWER = new AtomicReference<>(false);

    private CommitHook() {}

    static XADataSource dataSource(String url) {
        XADataSource real = Database.dataSource(url);
        return (XADataSource)
                proxy(
                        XADataSource.class,
                        real,
                        (method, result) ->
                                method.equals("getXAConnection")
                                        ? connection((XAConnection) result)
                                        : result);
    }

    private static Object connection(XAConnection real) {
        return proxy(
                XAConnection.class,
                real,
                (method, result) ->
                        method.equals("getXAResource")
                                ? proxy(XAResource.class, result, (name, same) -> same)
                                : result);
    }

    private interface Answer {
        Object of(String method, Object result);
    }

    private static Object proxy(Class<?> type, Object real, Answer answer) {
        return Proxy.newProxyInstance(
                CommitHook.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> {
                    boolean commits = method.getName().equals("commit");
                    Callable<?> before = commits ? BEFORE.getAndSet(null) : null;
                    if (before != null) {
                        before.call();
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (commits && LOSES_ANSWER.getAndSet(false)) {
                            throw new XAException(XAException.XAER_RMFAIL);
                        }
                        return answer.of(method.getName(), result);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
