/**
 * One operator of the engine without a task around it, whose time stands still: it takes records
 * and gives the state that they make, or takes state and gives what is in it. Confined to the
 * thread that uses it.
 */
package io.millrace.state.api.operator;
