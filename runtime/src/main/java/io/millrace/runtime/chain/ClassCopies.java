package io.millrace.runtime.chain;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copies of operator classes that chains of one shape share. Thread-safe. */
/* The idea: the JIT profiles a call site per method, so when one JVM runs many chains through
 * MapOperator.push, its call to the function and its call to the next operator see many receivers and
 * are never inlined. A hidden class made from the same bytes has its own methods and so its own
 * profiles; in it each call site sees one receiver, and the chain is compiled into one loop together
 * with the user's functions. A copied class must be top-level, without nest mates, and its hot code
 * must be its own and not a superclass's. Proof: ChainBenchmark. Nor may it have lambdas: the JDK makes
 * their classes refer by name to the class around them, and a hidden class has no name to be found by.
 *
 * Cost: about 0.2 ms and some kilobytes of metaspace for each place in a chain, and compiling them anew,
 * which WarmCode saves; the copies go when the last task that uses them goes and it has forgotten them,
 * for a hidden class is not held by its loader.
 */
public final class ClassCopies {
    private static final Logger LOG = LoggerFactory.getLogger(ClassCopies.class);

    private final boolean isolated;
    private final ConcurrentHashMap<Place, Class<?>> copies = new ConcurrentHashMap<>();

    private record Place(String name, Class<?> original) {}

    /**
     * @param isolated false gives the shared classes
     */
    public ClassCopies(boolean isolated) {
        this.isolated = isolated;
    }

    /**
     * The class to use at a place of the chain: a copy, or the original where copies are off or
     * fail.
     *
     * @param place name of the place, unique in the chain
     */
    @SuppressWarnings("unchecked")
    public <T> Class<? extends T> at(String place, Class<T> original) {
        if (!isolated) {
            return original;
        }
        return (Class<? extends T>)
                copies.computeIfAbsent(new Place(place, original), p -> copyOf(p.original()));
    }

    private static Class<?> copyOf(Class<?> original) {
        for (Method method : original.getDeclaredMethods()) {
            if (method.isSynthetic() && method.getName().startsWith("lambda$")) {
                LOG.warn(
                        "class used without a copy of its own class={} reason=it has a lambda; the"
                                + " chain runs, slower",
                        original.getName());
                return original;
            }
        }
        try (InputStream in = original.getResourceAsStream(simpleFileName(original))) {
            if (in == null) {
                throw new IOException("its class file cannot be read");
            }
            return MethodHandles.privateLookupIn(original, MethodHandles.lookup())
                    .defineHiddenClass(in.readAllBytes(), false)
                    .lookupClass();
        } catch (IOException | IllegalAccessException | LinkageError e) {
            LOG.warn(
                    "class used without a copy of its own class={} reason={}; the chain runs,"
                            + " slower",
                    original.getName(),
                    e.toString());
            return original;
        }
    }

    private static String simpleFileName(Class<?> type) {
        return type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    }
}
