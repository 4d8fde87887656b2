/**
 * The budgets: how many requests an account has, who makes the next, and the table {@code
 * stepsync_budget} by which processes share them. It knows {@code store} and what {@code store}
 * knows; the way in is {@link io.stepsync.store.budget.Budgets}.
 */
package io.stepsync.store.budget;
